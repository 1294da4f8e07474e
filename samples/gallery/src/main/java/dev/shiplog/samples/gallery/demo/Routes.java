package dev.shiplog.samples.gallery.demo;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.shiplog.testkit.ReceivedEvent;
import dev.shiplog.testkit.TagPattern;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a fluentd.conf would do with the events:
 *
 * <pre>
 * &lt;match gallery.access-log.**&gt;  @type stdout         &lt;/match&gt;
 * &lt;match gallery.**&gt;             @type elasticsearch  &lt;/match&gt;   here: a file of JSON lines
 * </pre>
 */
final class Routes {
  static final TagPattern ACCESS_LOG = TagPattern.of("gallery.access-log.**");
  static final TagPattern GALLERY = TagPattern.of("gallery.**");

  private static final Gson JSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private Routes() {}

  /** The first match takes an event, as in fluentd. */
  static boolean isForStdout(ReceivedEvent event) {
    return ACCESS_LOG.matches(event.tag());
  }

  static boolean isForStore(ReceivedEvent event) {
    return !isForStdout(event) && GALLERY.matches(event.tag());
  }

  static boolean isRouted(ReceivedEvent event) {
    return isForStdout(event) || isForStore(event);
  }

  /** As fluentd's stdout output prints an event: time, tag, record. */
  static String line(ReceivedEvent event) {
    return event.time() + " " + event.tag() + ": " + JSON.toJson(event.fields());
  }

  /** Writes one document a line. */
  static void store(List<ReceivedEvent> events, Path file) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      for (ReceivedEvent event : events) {
        writer.write(JSON.toJson(event.fields()));
        writer.newLine();
      }
    }
  }
}

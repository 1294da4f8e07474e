package dev.shiplog;

import dev.shiplog.event.LogEvent;
import dev.shiplog.pipeline.Encoding;
import dev.shiplog.stdout.PrettyFormat;
import java.nio.charset.StandardCharsets;

/** Encodes events for people. */
final class PrettyEncoding implements Encoding {
  private final PrettyFormat format;
  private byte[] bytes = {};

  PrettyEncoding(PrettyFormat format) {
    this.format = format;
  }

  @Override
  public boolean encode(LogEvent event) {
    try {
      PrettyFormat.Rendered rendered = format.render(event);
      bytes = rendered.text().getBytes(StandardCharsets.UTF_8);
      return rendered.whole();
    } catch (RuntimeException | StackOverflowError failure) {
      // people read these lines while they develop: one that says what failed is worth more
      String line = event.severity() + " <unrepresentable: " + failure.getClass().getName() + ">\n";
      bytes = line.getBytes(StandardCharsets.UTF_8);
      return false;
    }
  }

  @Override
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public int length() {
    return bytes.length;
  }
}

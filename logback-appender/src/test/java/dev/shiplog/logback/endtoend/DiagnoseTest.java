package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.core.FileAppender;
import dev.shiplog.Shiplog;
import dev.shiplog.logback.Configured;
import dev.shiplog.logback.FluentdAppender;
import dev.shiplog.logback.ShiplogEncoder;
import dev.shiplog.logback.StdoutAppender;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dshiplog.diagnose=true} tells on stderr what is in effect. */
class DiagnoseTest {
  private static final String PROPERTY = "shiplog.diagnose";
  private static final String APPENDERS =
      """
      <appender name='S' class='%s'><schema>logstash</schema></appender>
      <appender name='F' class='%s'>
        <endpoint>127.0.0.1:1</endpoint><auth><sharedKey>marked-key</sharedKey></auth>
        <drainTimeout>0s</drainTimeout><drainRemainder>drop</drainRemainder>
      </appender>
      <appender name='E' class='%s'>
        <file>%s</file><encoder class='%s'><nested>true</nested></encoder>
      </appender>
      """;

  @Test
  void everyAppenderAndEncoder_isToldOnceWithoutSecrets(@TempDir Path folder) {
    String body =
        APPENDERS.formatted(
                StdoutAppender.class.getName(),
                FluentdAppender.class.getName(),
                FileAppender.class.getName(),
                folder.resolve("a.log"),
                ShiplogEncoder.class.getName())
            + "<root><appender-ref ref='S'/><appender-ref ref='F'/><appender-ref ref='E'/></root>";
    System.setProperty(PROPERTY, "true");
    List<String> told;
    try {
      told = errorsWhile(() -> Configured.with(body).close());
    } finally {
      System.clearProperty(PROPERTY);
    }

    assertThat(told)
        .containsOnlyOnce(
            "shiplog stdout S: schema = \"logstash\" (logback.xml)",
            "shiplog fluentd F: fluentd.auth.sharedKey = \"****\" (logback.xml)",
            "shiplog fluentd F: diagnose = \"true\" (-Dshiplog.diagnose)",
            "shiplog encoder: nested = \"true\" (logback.xml)")
        .noneMatch(line -> line.contains("marked"));
    for (String owner : List.of("stdout S", "fluentd F", "encoder")) {
      Predicate<String> detected = line -> line.startsWith("shiplog " + owner + ": detected ");
      assertThat(told).filteredOn(detected).hasSize(Math.max(1, Shiplog.detected().size()));
    }
  }

  @Test
  void nothing_isToldUnasked() {
    assertThat(errorsWhile(() -> Configured.withAppender(StdoutAppender.class, "").close()))
        .isEmpty();
  }

  private static List<String> errorsWhile(Runnable action) {
    PrintStream before = System.err;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setErr(before);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}

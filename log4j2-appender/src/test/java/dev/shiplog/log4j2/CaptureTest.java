package dev.shiplog.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.log4j2.Configured.Form;
import dev.shiplog.record.Foreign;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rest of the JVM's output, from one configuration to the next. */
@Timeout(60)
class CaptureTest {
  private static final String ATTRIBUTES = "format='json' via='system-out' ";
  private static final String CAPTURE = "<Capture systemOut='true'/>";

  private final PrintStream outBefore = System.out;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @AfterEach
  void putBack() {
    System.setOut(outBefore);
  }

  @Test
  void reload_handsTheCaptureOverWithOtherSettings() {
    PrintStream original = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    System.setOut(original);
    try (Configured configured =
        Configured.withAppender(ShiplogStdout.class, ATTRIBUTES, CAPTURE)) {
      System.out.println("before");
      configured.configure(
          Form.XML,
          Configured.xml(
              Configured.appender(ShiplogStdout.class, ATTRIBUTES + "sequence='true'", CAPTURE)));
      System.out.println("after");
      assertThat(configured.told()).isEmpty();
    }
    while (System.out != original) {
      LockSupport.parkNanos(1_000_000);
    }

    List<Map<String, @Nullable Object>> records =
        bytes
            .toString(StandardCharsets.UTF_8)
            .lines()
            .map(line -> (line + "\n").getBytes(StandardCharsets.UTF_8))
            .map(line -> Foreign.line(line, line.length))
            .toList();
    assertThat(records)
        .extracting(record -> record.get("message"))
        .containsExactly("before", "after");
    assertThat(records.get(0)).doesNotContainKey("event.sequence");
    assertThat(records.get(1)).containsKey("event.sequence");
  }
}

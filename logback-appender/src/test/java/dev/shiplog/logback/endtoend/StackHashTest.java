package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.logback.Configured;
import dev.shiplog.logback.StdoutAppender;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;

/** A fault is found again by the hash of its trace. */
class StackHashTest {
  @ParameterizedTest
  @CsvSource({
    "ecs, error.stack_trace_hash",
    "logstash, stack_hash",
    "gcp, stack_hash",
    "gelf, _exception_hash"
  })
  void traceHash_isThatOfThePlaceNotOfTheMessage(String schema, String field) {
    try (CapturedStdout stdout = new CapturedStdout();
        Configured application =
            Configured.withAppender(
                StdoutAppender.class,
                "<format>json</format><via>system-out</via><stackTrace><hash>true</hash></stackTrace>"
                    + "<schema>%s</schema>".formatted(schema))) {
      Logger logger = application.logger("gallery");
      for (String order : List.of("1", "2")) {
        logger.error("failed", new IllegalStateException(order, cause(order)));
      }
      logger.error("failed", new IllegalStateException("1"));
      logger.error("no trace");

      List<Object> hashes =
          stdout.records().stream().map(record -> record.get(field)).limit(3).toList();
      assertThat(hashes).allMatch(hash -> String.valueOf(hash).matches("[0-9a-f]{16}"));
      assertThat(hashes.get(0)).isEqualTo(hashes.get(1)).isNotEqualTo(hashes.get(2));
      assertThat(stdout.records().get(3)).doesNotContainKey(field);
      assertThat(application.problems()).isEmpty();
    }
  }

  private static Exception cause(String order) {
    return new Exception("cause " + order);
  }
}

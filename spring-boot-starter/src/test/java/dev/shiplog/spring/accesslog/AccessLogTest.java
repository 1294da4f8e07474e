package dev.shiplog.spring.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** Whose MDC an exchange is told with. */
final class AccessLogTest {
  @AfterEach
  void leaveNothing() {
    MDC.clear();
  }

  @Test
  void context_isThatOfTheRequestAlone() {
    MDC.put("own", "of the thread that tells");

    AccessLog.within(
        Map.of("room", "7"),
        () -> assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("room", "7")));
    AccessLog.within(
        Map.of(), () -> assertThat(MDC.get("own")).as("nothing was captured").isNull());

    assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("own", "of the thread that tells"));
  }

  @Test
  void context_isEmptyWhereThereIsNone() {
    MDC.clear();

    assertThat(AccessLog.context()).isEmpty();
  }
}

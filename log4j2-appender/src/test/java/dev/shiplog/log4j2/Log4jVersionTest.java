package dev.shiplog.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.logging.log4j.core.LoggerContext;
import org.junit.jupiter.api.Test;

class Log4jVersionTest {
  @Test
  void tests_runOnTheVersionThatTheBuildNames() {
    String jar = LoggerContext.class.getProtectionDomain().getCodeSource().getLocation().toString();
    String expected = System.getProperty("expected.log4j.version", "");
    boolean newest = jar.contains("log4j-newest");

    assertThat(jar.contains(expected) || (newest && !expected.equals("2.20.0"))).as(jar).isTrue();
  }
}

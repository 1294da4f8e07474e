package dev.shiplog.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The build runs these tests on two versions of Logback, and not twice on one. */
class LogbackVersionTest {
  @Test
  @EnabledIfSystemProperty(named = "expected.logback.version", matches = ".+")
  void classPath_hasTheVersionThatThisRunIsAbout() {
    String jar = LoggerContext.class.getProtectionDomain().getCodeSource().getLocation().toString();
    String expected = System.getProperty("expected.logback.version");
    boolean newest = jar.contains("logback-newest");

    assertThat(jar.contains(expected) || (newest && !expected.startsWith("1.5."))).as(jar).isTrue();
  }
}

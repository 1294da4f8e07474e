package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import dev.shiplog.logback.Configured;
import dev.shiplog.logback.StdoutAppender;
import java.lang.management.ManagementFactory;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a JMX console sees of the appenders of a Logback configuration. */
@Timeout(60)
class MeterBeanTest {
  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  @Test
  void bean_carriesContextAndAppenderAndGoesAtStop() throws Exception {
    try (Configured application = Configured.with(stdout("BEAN", ""))) {
      Await.until("the bean", () -> server.isRegistered(name("test", "BEAN")));

      application.logger("here").info("one");

      assertThat(server.getAttribute(name("test", "BEAN"), "Accepted")).isEqualTo(1L);
      assertThat(server.getAttribute(name("test", "BEAN"), "Delivered")).isEqualTo(1L);
    }
    assertThat(beans()).doesNotContain(name("test", "BEAN"));
  }

  @Test
  void reload_keepsTheNameAndLeavesNothingBehind() throws Exception {
    try (Configured application = Configured.with(stdout("RELOADED", ""))) {
      Await.until("the bean", () -> server.isRegistered(name("test", "RELOADED")));
      application.logger("here").info("one");

      application.reconfigure(stdout("RELOADED", ""));
      application.logger("here").info("two");
      assertThat(server.getAttribute(name("test", "RELOADED"), "Accepted"))
          .as("the pipeline was handed over")
          .isEqualTo(2L);

      application.reconfigure(stdout("RELOADED", "<format>json</format>"));
      application.logger("here").info("three");
      assertThat(server.getAttribute(name("test", "RELOADED"), "Accepted"))
          .as("a pipeline of its own")
          .isEqualTo(1L);
      assertThat(beans()).doesNotContain(name("test", "RELOADED-2"));
    }
    assertThat(beans()).doesNotContain(name("test", "RELOADED"), name("test", "RELOADED-2"));
  }

  @Test
  void contexts_areToldApartAndNamesakesNumbered() throws Exception {
    StdoutAppender one = started("one, \"1\"");
    StdoutAppender other = started("other");
    Await.until("the beans", () -> server.isRegistered(name("other", "TWIN")));
    StdoutAppender namesake = started("other");
    assertThat(beans())
        .contains(name("one, \"1\"", "TWIN"), name("other", "TWIN"), name("other", "TWIN-2"));

    one.stop();
    other.stop();

    assertThat(beans())
        .contains(name("other", "TWIN"))
        .doesNotContain(name("one, \"1\"", "TWIN"), name("other", "TWIN-2"));
    namesake.stop();
    assertThat(beans()).doesNotContain(name("other", "TWIN"));
  }

  private static StdoutAppender started(String contextName) {
    LoggerContext context = new LoggerContext();
    context.setName(contextName);
    StdoutAppender appender = new StdoutAppender();
    appender.setContext(context);
    appender.setName("TWIN");
    appender.start();
    return appender;
  }

  private static String stdout(String name, String elements) {
    return "<appender name='%s' class='%s'>%s</appender>"
            .formatted(name, StdoutAppender.class.getName(), elements)
        + "<root><appender-ref ref='%s'/></root>".formatted(name);
  }

  private Set<ObjectName> beans() throws JMException {
    return server.queryNames(new ObjectName("dev.shiplog:*"), null);
  }

  private static ObjectName name(String context, String appender) {
    try {
      return new ObjectName(
          "dev.shiplog:type=Pipeline,context=%s,name=%s"
              .formatted(ObjectName.quote(context), ObjectName.quote(appender)));
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }
}

package dev.shiplog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.config.Scope;
import dev.shiplog.config.Settings;
import dev.shiplog.pipeline.Pipeline;
import dev.shiplog.status.Meters;
import dev.shiplog.status.Status;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ManagementTest {
  private final MBeanServer server = MBeanServerFactory.newMBeanServer();
  private final AtomicInteger opened = new AtomicInteger();

  @Test
  void beans_comeAfterThePauseAndGoAtOnce() {
    Management management = management(Duration.ofMillis(10));
    Running first = running();
    management.show(first, "default");
    until(() -> beans() == 1);

    Running second = running();
    management.show(second, "default");
    assertThat(beans()).as("the server is there by now").isEqualTo(2);

    management.hide(first);
    assertThat(beans()).isEqualTo(1);
    management.hide(second);
    management.hide(second);
    assertThat(beans()).isZero();
    assertThat(opened).hasValue(1);
  }

  @Test
  void server_isNotAskedForBySomethingThatEndsBefore() {
    Management management = management(Duration.ofMinutes(5));
    Running running = running();
    management.show(running, "default");
    until(ManagementTest::isWaiting);

    management.hide(running);

    until(() -> !isWaiting());
    assertThat(opened).hasValue(0);
    assertThat(beans()).isZero();
  }

  @Test
  void jvmWithoutManagement_isAskedOnceAndLeftAlone() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    Management management =
        new Management(
            () -> {
              opened.incrementAndGet();
              asked.countDown();
              throw new NoClassDefFoundError("javax/management/MBeanServer");
            },
            Duration.ZERO);
    Running running = running();

    management.show(running, "default");
    asked.await();
    until(() -> !isWaiting());
    management.show(running(), "default");
    management.hide(running);

    assertThat(opened).hasValue(1);
  }

  private Management management(Duration pause) {
    return new Management(
        () -> {
          opened.incrementAndGet();
          return new MeterBeans(server);
        },
        pause);
  }

  private int beans() {
    try {
      return server.queryNames(new ObjectName("dev.shiplog:*"), null).size();
    } catch (javax.management.MalformedObjectNameException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isWaiting() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("shiplog-jmx"));
  }

  private static void until(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static Running running() {
    Meters meters = new Meters();
    Pipeline pipeline =
        new Pipeline(
            () -> {
              throw new AssertionError("nothing is logged here");
            },
            event -> "",
            new ClosedSink(meters),
            meters);
    RelayStatus status = new RelayStatus(new Silent());
    return new Running(
        Settings.defaults(Scope.STDOUT), pipeline, status, Duration.ZERO, null, () -> {});
  }

  private static final class Silent implements Status {
    @Override
    public void info(String message) {}

    @Override
    public void warn(String message, @Nullable Throwable cause) {
      throw new AssertionError(message, cause);
    }

    @Override
    public void error(String message, @Nullable Throwable cause) {
      throw new AssertionError(message, cause);
    }
  }
}

package dev.shiplog.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.Shiplog;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * For tests that want nothing on stderr: a pipeline that an earlier test gave up stays open for a
 * while, and may yet tell of its endpoint, which is gone.
 */
public final class Silence implements BeforeAllCallback {
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  /** For JUnit. */
  public Silence() {}

  @Override
  public void beforeAll(ExtensionContext context) {
    await();
  }

  /** Returns when no event is forwarded by anybody. */
  public static void await() {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (Shiplog.pipelines().stream().anyMatch(pipeline -> pipeline.kind().equals("fluentd"))) {
      assertThat(System.nanoTime() - deadline).as("waited in vain").isNegative();
      LockSupport.parkNanos(1_000_000);
    }
  }
}

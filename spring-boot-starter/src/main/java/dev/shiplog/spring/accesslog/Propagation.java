package dev.shiplog.spring.accesslog;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import org.springframework.util.ClassUtils;
import reactor.util.context.ContextView;

/**
 * Puts what a reactive request carries in its context, the trace above all, where loggers look for
 * it: in the thread-locals that Micrometer's context propagation knows. Safe for any thread.
 */
interface Propagation {
  /** Does something with them in place. */
  void within(ContextView view, Runnable something);

  /** By Micrometer's library if it is there, else with nothing in place. */
  static Propagation ofThisApplication() {
    return ClassUtils.isPresent(
            "io.micrometer.context.ContextSnapshotFactory", Propagation.class.getClassLoader())
        ? new Micrometer()
        : (view, something) -> something.run();
  }

  /** Loaded only where the library is. */
  final class Micrometer implements Propagation {
    private final ContextSnapshotFactory factory = ContextSnapshotFactory.builder().build();

    @Override
    public void within(ContextView view, Runnable something) {
      ContextSnapshot.Scope scope = factory.setThreadLocalsFrom(view);
      try {
        something.run();
      } finally {
        scope.close();
      }
    }
  }
}

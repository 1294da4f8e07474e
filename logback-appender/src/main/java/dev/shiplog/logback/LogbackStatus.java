package dev.shiplog.logback;

import ch.qos.logback.core.Context;
import ch.qos.logback.core.spi.ContextAware;
import dev.shiplog.status.Status;
import org.jspecify.annotations.Nullable;

/** Tells Logback's status list, in the name of an appender or encoder. Safe for any thread. */
final class LogbackStatus implements Status {
  /** What Spring Boot leaves in a context that it configures. */
  private static final String SPRING = "org.springframework.core.env.Environment";

  private final ContextAware origin;

  /** Spring Boot does not start where an error stands in the list; a bad setting is no reason. */
  private final boolean errorsStopTheApplication;

  LogbackStatus(ContextAware origin) {
    this.origin = origin;
    Context context = origin.getContext();
    this.errorsStopTheApplication = context != null && context.getObject(SPRING) != null;
  }

  @Override
  public void info(String message) {
    origin.addInfo(message);
  }

  @Override
  public void warn(String message, @Nullable Throwable cause) {
    if (cause == null) {
      origin.addWarn(message);
    } else {
      origin.addWarn(message, cause);
    }
  }

  @Override
  public void error(String message, @Nullable Throwable cause) {
    if (errorsStopTheApplication) {
      warn(message, cause);
    } else if (cause == null) {
      origin.addError(message);
    } else {
      origin.addError(message, cause);
    }
  }
}

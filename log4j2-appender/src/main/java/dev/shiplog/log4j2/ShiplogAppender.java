package dev.shiplog.log4j2;

import dev.shiplog.Running;
import dev.shiplog.Shiplog;
import dev.shiplog.config.Keys;
import dev.shiplog.config.Settings;
import dev.shiplog.pipeline.Pool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.jspecify.annotations.Nullable;

/**
 * What both appenders are to Log4j. Safe for any thread once started.
 *
 * <p>Log4j starts the appenders of a new configuration before it stops those of the old one, and
 * hands events that were under way to the old ones afterwards: these go into the pipeline, which
 * takes them or counts them.
 */
public abstract sealed class ShiplogAppender extends AbstractAppender
    permits ShiplogStdout, ShiplogFluentd {
  /** What the names of all threads of shiplog's begin with. */
  private static final String OUR_THREADS = "shiplog-";

  private final Settings settings;
  private final String context;
  private final Log4jStatus status;
  private final Pool<Log4jEvent> views = new Pool<>(Log4jEvent::new);
  private final AtomicBoolean neverStarted = new AtomicBoolean();
  private volatile @Nullable Running running;

  ShiplogAppender(String name, @Nullable Filter filter, Settings settings, String context) {
    super(name, filter, null, true, Property.EMPTY_ARRAY);
    this.settings = settings;
    this.context = context;
    this.status = new Log4jStatus(getClass().getSimpleName() + '[' + name + ']');
  }

  @Override
  public final void start() {
    if (isStarted()) {
      return;
    }
    try {
      running = Shiplog.start(settings, status, getClass().getClassLoader(), context);
      super.start();
    } catch (RuntimeException | LinkageError failure) {
      // the application starts, whatever is wrong with its logging
      status.error("cannot start, no event will be taken", failure);
    }
  }

  /** Returns at once: what is buffered is drained in the background. */
  @Override
  public final boolean stop(long timeout, TimeUnit timeUnit) {
    setStopping();
    boolean stopped = super.stop(timeout, timeUnit, false);
    Running given = running;
    if (given != null) {
      given.stop();
    }
    setStopped();
    return stopped;
  }

  /** Location is costly: Log4j looks for it where somebody wants it alone. */
  @Override
  public final boolean requiresLocation() {
    return settings.get(Keys.CALLER_DATA);
  }

  @Override
  public final void append(LogEvent event) {
    Running target = running;
    if (target == null) {
      if (neverStarted.compareAndSet(false, true)) {
        status.warn("events arrive at an appender that was not started", null);
      }
    } else if (isOurs(event)) {
      target.meters().refused();
    } else {
      Log4jEvent view = views.take();
      target.log(view.show(event));
      view.clear();
      views.give(view);
    }
  }

  /**
   * Whether one of our own threads has logged this and another one of Log4j's brings it, where the
   * pipeline cannot see whose it is.
   */
  private static boolean isOurs(LogEvent event) {
    String thread = event.getThreadName();
    return thread != null
        && thread.startsWith(OUR_THREADS)
        && !thread.equals(Thread.currentThread().getName());
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + '[' + getName() + ']';
  }
}

package dev.shiplog.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.FilterAttachableImpl;
import ch.qos.logback.core.spi.FilterReply;
import dev.shiplog.Running;
import dev.shiplog.Shiplog;
import dev.shiplog.config.Scope;
import dev.shiplog.pipeline.Pool;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What both appenders are to Logback. Safe for any thread once started.
 *
 * <p>It is an appender by itself rather than one of Logback's base classes: those of before 1.5.21
 * drop, unseen, what is logged while an event is being appended, and all of them drop what arrives
 * after {@code stop()}, though while Logback reloads its configuration threads that are about to
 * log still hold the old appender. Here such an event goes into the pipeline, which takes it or
 * counts it.
 */
public abstract sealed class ShiplogAppender extends ContextAwareBase
    implements Appender<ILoggingEvent>, SharedElements permits StdoutAppender, FluentdAppender {
  private final Scope scope;
  private final Elements elements = new Elements(getClass());
  private final Pool<LogbackEvent> views = new Pool<>(() -> new LogbackEvent(getContext()));
  private final FilterAttachableImpl<ILoggingEvent> filters = new FilterAttachableImpl<>();
  private final AtomicBoolean filterFailed = new AtomicBoolean();
  private final AtomicBoolean neverStarted = new AtomicBoolean();
  private volatile @Nullable Running running;
  private volatile boolean started;
  private @Nullable String name;

  ShiplogAppender(Scope scope) {
    this.scope = scope;
  }

  @Override
  public final void put(String key, String value) {
    elements.put(key, value);
  }

  @Override
  public final void setContext(Context context) {
    super.setContext(context);
    elements.opened(context);
  }

  @Override
  public final void start() {
    elements.closed();
    if (started) {
      return;
    }
    LogbackStatus status = new LogbackStatus(this);
    try {
      running =
          Shiplog.start(
              elements.settings(scope, name, getContext()),
              status,
              getClass().getClassLoader(),
              contextName());
      started = true;
    } catch (RuntimeException | LinkageError failure) {
      // the application starts, whatever is wrong with its logging
      status.error("cannot start, no event will be taken", failure);
    }
  }

  private @Nullable String contextName() {
    Context owner = getContext();
    return owner == null ? null : owner.getName();
  }

  @Override
  public final void stop() {
    started = false;
    Running stopped = running;
    if (stopped != null) {
      stopped.stop();
    }
  }

  @Override
  public final boolean isStarted() {
    return started;
  }

  @Override
  public final void doAppend(ILoggingEvent event) {
    Running target = running;
    if (target == null) {
      if (neverStarted.compareAndSet(false, true)) {
        addWarn("events arrive at an appender that was not started");
      }
    } else if (!denied(event)) {
      LogbackEvent view = views.take();
      target.log(view.show(event));
      view.clear();
      views.give(view);
    }
  }

  /** A filter that fails lets the event pass: it is a reason to look, not to lose anything. */
  private boolean denied(ILoggingEvent event) {
    try {
      return filters.getFilterChainDecision(event) == FilterReply.DENY;
    } catch (RuntimeException failure) {
      if (filterFailed.compareAndSet(false, true)) {
        addError("a filter failed, as others may from now on; their events pass", failure);
      }
      return false;
    }
  }

  @Override
  public final @Nullable String getName() {
    return name;
  }

  @Override
  public final void setName(String name) {
    this.name = name;
  }

  @Override
  public final void addFilter(Filter<ILoggingEvent> filter) {
    filters.addFilter(filter);
  }

  @Override
  public final void clearAllFilters() {
    filters.clearAllFilters();
  }

  @Override
  public final List<Filter<ILoggingEvent>> getCopyOfAttachedFiltersList() {
    return filters.getCopyOfAttachedFiltersList();
  }

  @Override
  public final FilterReply getFilterChainDecision(ILoggingEvent event) {
    return filters.getFilterChainDecision(event);
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName() + "[" + name + "]";
  }
}

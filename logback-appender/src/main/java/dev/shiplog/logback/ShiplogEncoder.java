package dev.shiplog.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.shiplog.Shiplog;
import dev.shiplog.config.Scope;
import dev.shiplog.pipeline.Pool;
import dev.shiplog.pipeline.RecordBytes;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Turns events into JSON lines for an appender of Logback's or somebody else's, such as {@code
 * FileAppender}. Safe for any thread once started.
 */
public final class ShiplogEncoder extends ContextAwareBase
    implements Encoder<ILoggingEvent>, SharedElements {
  private static final byte[] NOTHING = {};

  private final Elements elements = new Elements(ShiplogEncoder.class);
  private final Pool<LogbackEvent> views = new Pool<>(() -> new LogbackEvent(getContext()));
  private final AtomicBoolean neverStarted = new AtomicBoolean();
  private volatile @Nullable RecordBytes encoder;
  private volatile boolean started;

  /** An encoder with every setting on its default. */
  public ShiplogEncoder() {}

  @Override
  public void put(String key, String value) {
    elements.put(key, value);
  }

  @Override
  public void setContext(Context context) {
    super.setContext(context);
    elements.opened(context);
  }

  @Override
  public void start() {
    elements.closed();
    if (started) {
      return;
    }
    LogbackStatus status = new LogbackStatus(this);
    try {
      encoder =
          Shiplog.encoder(
              elements.settings(Scope.ENCODER, null, getContext()),
              status,
              getClass().getClassLoader());
      started = true;
    } catch (RuntimeException | LinkageError failure) {
      // the application starts, whatever is wrong with its logging
      status.error("cannot start, every event will be empty", failure);
    }
  }

  @Override
  public void stop() {
    started = false;
    RecordBytes stopped = encoder;
    if (stopped != null) {
      stopped.stop();
    }
  }

  @Override
  public boolean isStarted() {
    return started;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    RecordBytes encoder = this.encoder;
    if (encoder == null) {
      if (neverStarted.compareAndSet(false, true)) {
        addWarn("events arrive at an encoder that was not started");
      }
      return NOTHING;
    }
    LogbackEvent view = views.take();
    byte[] bytes = encoder.encode(view.show(event));
    view.clear();
    views.give(view);
    return bytes;
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}

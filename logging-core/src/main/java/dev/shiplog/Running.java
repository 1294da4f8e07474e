package dev.shiplog;

import dev.shiplog.capture.Capture;
import dev.shiplog.config.Settings;
import dev.shiplog.event.LogEvent;
import dev.shiplog.pipeline.Pipeline;
import dev.shiplog.status.Meters;
import dev.shiplog.status.Status;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline that an appender runs on, from start to {@link #stop()}. Safe for any thread.
 *
 * <p>An appender with equal settings that starts meanwhile runs on the same pipeline, and has a
 * {@code Running} of its own. Stopping does not wait: when the last of them stops, what is buffered
 * is drained in the background, unless yet another one takes the pipeline over, buffer and all.
 */
public final class Running {
  private final Settings settings;
  private final Pipeline pipeline;
  private final RelayStatus status;
  private final Status owner;
  private final Duration drainTimeout;
  private final @Nullable ClassLoader loader;
  private final Runnable forgetMetadata;
  private final Capture capture;

  /** Weak: an application that is gone must not be kept by what it started. */
  private final @Nullable WeakReference<ClassLoader> context;

  private final AtomicBoolean stopped = new AtomicBoolean();

  /**
   * A pipeline that runs.
   *
   * @param loader where the classes came from that it uses of the user's
   * @param forgetMetadata ends its waiting for more metadata
   */
  Running(
      Settings settings,
      Pipeline pipeline,
      RelayStatus status,
      Duration drainTimeout,
      @Nullable ClassLoader loader,
      Runnable forgetMetadata) {
    this(settings, pipeline, status, drainTimeout, loader, forgetMetadata, Capture.NONE);
  }

  /**
   * A pipeline that runs.
   *
   * @param capture brings it what the JVM says besides its logging
   */
  Running(
      Settings settings,
      Pipeline pipeline,
      RelayStatus status,
      Duration drainTimeout,
      @Nullable ClassLoader loader,
      Runnable forgetMetadata,
      Capture capture) {
    this.settings = settings;
    this.pipeline = pipeline;
    this.status = status;
    this.owner = status.owner();
    this.drainTimeout = drainTimeout;
    this.loader = loader;
    this.forgetMetadata = forgetMetadata;
    this.capture = capture;
    ClassLoader starting = Thread.currentThread().getContextClassLoader();
    this.context = starting == null ? null : new WeakReference<>(starting);
  }

  /**
   * Whether an appender with these settings and classes, started by this thread, may take the
   * pipeline over. Classes come from the thread's context too: of two applications that share
   * shiplog itself, one must not run on the other's.
   */
  boolean fits(Settings wanted, @Nullable ClassLoader wantedLoader) {
    ClassLoader starting = Thread.currentThread().getContextClassLoader();
    return settings.equals(wanted)
        && loader == wantedLoader
        && (context == null ? starting == null : starting != null && context.refersTo(starting));
  }

  /** The same pipeline for one more owner, who from now on is told how it does. */
  Running handedTo(Status owner) {
    status.owner(owner);
    return new Running(settings, pipeline, status, drainTimeout, loader, forgetMetadata, capture);
  }

  /** Whether this is the same pipeline, whoever else runs on it. */
  boolean shares(Running other) {
    return pipeline == other.pipeline;
  }

  /** Tells this owner again how the pipeline does. */
  void tellOwner() {
    status.owner(owner);
  }

  /** Sends one event on its way; never throws into the application. */
  public void log(LogEvent event) {
    pipeline.log(event);
  }

  /** The counters of the pipeline. */
  public Meters meters() {
    return pipeline.meters();
  }

  /** Gives the pipeline up; returns at once. May be called twice. */
  public void stop() {
    if (stopped.compareAndSet(false, true)) {
      Pipelines.INSTANCE.release(this);
    }
  }

  /** Begins to capture what the settings want; once for each owner. */
  void startCapture() {
    capture.hold();
  }

  /** Captures only until somebody else wants to; once for each owner. */
  void letCaptureGo() {
    capture.letGo();
  }

  /** Hands over what is buffered as far as it goes within {@code timeout}; stays open. */
  void drain(Duration timeout) {
    capture.flush();
    pipeline.drain(timeout);
  }

  /** For the end of the JVM: drains, and buffers nothing any more that could be lost. */
  void retire(Duration timeout) {
    capture.exiting();
    pipeline.retire(timeout);
  }

  /** Ends the pipeline for good, within {@code timeout} or a little more. */
  void close(Duration timeout) {
    capture.close();
    pipeline.close(timeout);
    forgetMetadata.run();
  }

  RelayStatus status() {
    return status;
  }

  Settings settings() {
    return settings;
  }

  Pipeline pipeline() {
    return pipeline;
  }

  Duration drainTimeout() {
    return drainTimeout;
  }
}

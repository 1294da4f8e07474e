package dev.shiplog.capture;

/**
 * A pipeline's claim to what a JVM says besides its logging. Safe for any thread.
 *
 * <p>It counts the appenders that run on the pipeline: each holds it, and lets go when it stops.
 * What nobody holds any more is still served until {@link #close}, since a reload is under way more
 * often than not, but gives way to whoever comes.
 */
public interface Capture {
  /** The claim of those who want nothing. */
  Capture NONE = new Capture() {};

  /** One appender more runs on the pipeline. */
  default void hold() {}

  /** One appender less does. */
  default void letGo() {}

  /** Hands over what has been printed of lines without their ends. */
  default void flush() {}

  /** The JVM ends: hands that over, and lets no line wait for its end from now on. */
  default void exiting() {}

  /** Ends the capture: the JVM is as it was before, or somebody else's. */
  default void close() {}
}

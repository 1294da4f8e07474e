package dev.shiplog.logback;

import dev.shiplog.config.Scope;

/** Writes events to the container's standard output: {@code stdout.*} of the key table. */
public final class StdoutAppender extends ShiplogAppender {
  /** An appender with every setting on its default. */
  public StdoutAppender() {
    super(Scope.STDOUT);
  }

  /** Sets the key {@code stdout.target}. */
  public void setTarget(String value) {
    put("target", value);
  }

  /** Sets the key {@code stdout.stderrThreshold}. */
  public void setStderrThreshold(String value) {
    put("stderrThreshold", value);
  }

  /** Sets the key {@code stdout.via}. */
  public void setVia(String value) {
    put("via", value);
  }

  /** Sets the key {@code stdout.format}. */
  public void setFormat(String value) {
    put("format", value);
  }

  /** Sets the key {@code stdout.async}. */
  public void setAsync(String value) {
    put("async", value);
  }

  /** Sets the key {@code stdout.bufferBytes}. */
  public void setBufferBytes(String value) {
    put("bufferBytes", value);
  }

  /** Sets the key {@code stdout.overflow}. */
  public void setOverflow(String value) {
    put("overflow", value);
  }

  /** Takes over what stands in {@code <capture>}. */
  public void setCapture(Capture group) {
    group.moveTo(this, "capture");
  }

  /** {@code <capture>}. */
  public static final class Capture extends Group {
    /** Sets the key {@code capture.systemOut}. */
    public void setSystemOut(String value) {
      put("systemOut", value);
    }

    /** Sets the key {@code capture.systemErr}. */
    public void setSystemErr(String value) {
      put("systemErr", value);
    }

    /** Sets the key {@code capture.uncaught}. */
    public void setUncaught(String value) {
      put("uncaught", value);
    }

    /** Sets the key {@code capture.jul}. */
    public void setJul(String value) {
      put("jul", value);
    }
  }
}

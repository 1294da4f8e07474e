package dev.shiplog.capture;

import dev.shiplog.status.Status;
import java.util.Set;

/** A claim to one source at least. */
final class Claim implements Capture {
  /** So much of a record is left to what is not the text: time, names, metadata. */
  private static final int RESERVE = 4096;

  private final Captures captures;
  private final String appender;
  private final Set<Source> sources;
  private final Target target;
  private final int maxTextBytes;
  private final Status status;
  private int holders; // guarded by the lock of captures

  /** A claim that nobody holds yet. */
  Claim(
      Captures captures,
      String appender,
      Set<Source> sources,
      Target target,
      int maxEventBytes,
      Status status) {
    this.captures = captures;
    this.appender = appender;
    this.sources = sources;
    this.target = target;
    this.maxTextBytes = maxEventBytes - Math.min(RESERVE, maxEventBytes / 2);
    this.status = status;
  }

  @Override
  public void hold() {
    captures.hold(this);
  }

  @Override
  public void letGo() {
    captures.letGo(this);
  }

  @Override
  public void flush() {
    captures.flush(this);
  }

  @Override
  public void exiting() {
    captures.exiting(this);
  }

  @Override
  public void close() {
    captures.close(this);
  }

  /** Whose it is; where two have one name, one is the other after a reload. */
  String appender() {
    return appender;
  }

  Set<Source> sources() {
    return sources;
  }

  Target target() {
    return target;
  }

  /** How many bytes a text may take in a record. */
  int maxTextBytes() {
    return maxTextBytes;
  }

  Status status() {
    return status;
  }

  boolean isHeld() {
    return holders > 0;
  }

  void addHolders(int more) {
    holders += more;
  }
}

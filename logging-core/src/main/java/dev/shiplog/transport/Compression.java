package dev.shiplog.transport;

import org.jspecify.annotations.Nullable;

/** How a chunk's entries travel. */
public enum Compression {
  /** As they are. */
  NONE,
  /** As one gzip member; every server reads it. */
  GZIP,
  /** As one zstd frame; fluentd 1.19 and Fluent Bit 4.1 read it. Needs zstd-jni. */
  ZSTD;

  /**
   * Why it cannot be had here, null if it can: zstd-jni may be missing, or be unable to unpack its
   * native library. Found out by trying, which takes some milliseconds.
   */
  public @Nullable String problem() {
    try {
      Compressor tried = Compressor.of(this);
      if (tried != null) {
        tried.close();
      }
      return null;
    } catch (LinkageError | RuntimeException e) {
      return e.toString();
    }
  }
}

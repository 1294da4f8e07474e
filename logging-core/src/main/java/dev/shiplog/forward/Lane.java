package dev.shiplog.forward;

import dev.shiplog.status.Meters;
import org.jspecify.annotations.Nullable;

/** One tag, and the chunk that its next event goes into. */
final class Lane {
  private final String tag;

  /** What stands before its entries in a spool, by level. */
  private final byte[][] heads = new byte[Meters.LEVELS][];

  /** Null when there is nothing of this tag that is not sealed. */
  @Nullable Chunk open;

  Lane(String tag) {
    this.tag = tag;
    for (int level = 0; level < heads.length; level++) {
      heads[level] = SpoolFrames.entryHead(level, tag);
    }
  }

  String tag() {
    return tag;
  }

  byte[] head(int level) {
    return heads[level];
  }
}

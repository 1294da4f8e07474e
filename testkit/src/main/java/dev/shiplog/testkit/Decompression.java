package dev.shiplog.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** What {@code option.compressed} says about a payload: gzip, zstd (with zstd-jni), or nothing. */
final class Decompression {
  private Decompression() {}

  static boolean isNone(Map<String, @Nullable Object> option) {
    return name(option).equals("text");
  }

  private static Object name(Map<String, @Nullable Object> option) {
    Object name = option.get("compressed");
    return name == null ? "text" : name;
  }

  /** The payload as it was before it was compressed. */
  static InputStream of(Map<String, @Nullable Object> option, InputStream payload)
      throws IOException {
    Object name = name(option);
    if (name.equals("gzip")) {
      return new GZIPInputStream(payload);
    }
    if (name.equals("zstd")) {
      return Zstd.open(payload);
    }
    if (name.equals("text")) {
      return payload;
    }
    throw new MalformedFrameException("option.compressed is " + name);
  }

  /** Loaded when zstd comes, so that nobody else needs the library. */
  private static final class Zstd {
    static InputStream open(InputStream payload) throws IOException {
      return new com.github.luben.zstd.ZstdInputStreamNoFinalizer(payload);
    }
  }
}

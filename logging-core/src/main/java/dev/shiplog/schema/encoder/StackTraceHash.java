package dev.shiplog.schema.encoder;

import dev.shiplog.event.Thrown;
import org.jspecify.annotations.Nullable;

/**
 * A hash by which equal traces are found, of the class names and frames of a throwable and its
 * causes, the root cause first. Immutable.
 *
 * <p>What differs from one occurrence of a fault to the next, or from one build to the next, is no
 * part of it: messages, file names and line numbers, frames shared with the enclosing trace, those
 * that {@code stackTrace.exclude} leaves out, and those of classes that are made at run time, such
 * as lambdas, proxies and accessors of reflection. Suppressed throwables are none of the fault's
 * causes, and no part of it either.
 *
 * <p>After the StackHasher of logstash-logback-encoder, which counts line numbers.
 */
final class StackTraceHash {
  /**
   * As many frames of a throwable as the JVM keeps unless told otherwise; more are not looked at.
   */
  private static final int MAX_FRAMES = 1024;

  /** Odd, its bits evenly spread: each frame's place counts in all bits. */
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  /** What the names of classes made at run time have in them, followed by what is never twice. */
  private static final String[] GENERATED = {
    "$$", "$Proxy", "$ByteBuddy$", "$HibernateProxy$", "$MockitoMock$", "/"
  };

  /** Where a call goes through by reflection, in other ways the more often it is made. */
  private static final String[] CALLING = {
    "jdk.internal.reflect.", "sun.reflect.", "java.lang.invoke."
  };

  private final StackTraceOptions options;

  StackTraceHash(StackTraceOptions options) {
    this.options = options;
  }

  /** The hash of a throwable with its causes. */
  long of(Thrown thrown) {
    long hash = 0;
    long place = 1;
    @Nullable Thrown at = thrown;
    for (int i = 0; at != null && !at.circular() && i < TraceLines.MAX_THROWABLES; i++) {
      // the sum that Horner's rule makes from the root cause on, without keeping the chain
      hash += place * alone(at);
      place *= FACTOR;
      at = at.cause();
    }
    return spread(hash);
  }

  private long alone(Thrown thrown) {
    String type = thrown.className();
    long hash = hash(type, constantEnd(type));
    int all = thrown.frameCount();
    int own = Math.min(MAX_FRAMES, all - Math.min(thrown.commonFrames(), all));
    for (int i = 0; i < own; i++) {
      StackTraceElement frame = thrown.frame(i);
      if (counts(frame)) {
        String method = frame.getMethodName();
        long place = 31L * frame.getClassName().hashCode() + hash(method, withoutNumber(method));
        hash = hash * FACTOR + place;
      }
    }
    return hash;
  }

  private boolean counts(StackTraceElement frame) {
    String type = frame.getClassName();
    if (constantEnd(type) < type.length() || frame.getMethodName().startsWith("access$")) {
      return false;
    }
    for (String calling : CALLING) {
      if (type.startsWith(calling)) {
        return false;
      }
    }
    return !options.excludes(frame);
  }

  /** Where a class's name ends, or begins to be another each time. */
  private static int constantEnd(String type) {
    int end = type.length();
    if (type.indexOf('$') >= 0 || type.indexOf('/') >= 0) {
      for (String mark : GENERATED) {
        int at = type.indexOf(mark);
        end = at < 0 ? end : Math.min(end, at);
      }
    }
    return end;
  }

  /** Where the name of a method ends but for the number that a compiler gave it. */
  private static int withoutNumber(String method) {
    int at = method.length();
    while (at > 0 && method.charAt(at - 1) >= '0' && method.charAt(at - 1) <= '9') {
      at--;
    }
    return at > 0 && method.charAt(at - 1) == '$' ? at - 1 : method.length();
  }

  /** Of a whole name what it keeps itself; the names of frames live as long as their classes. */
  private static int hash(String name, int end) {
    if (end == name.length()) {
      return name.hashCode();
    }
    int hash = 0;
    for (int i = 0; i < end; i++) {
      hash = 31 * hash + name.charAt(i);
    }
    return hash;
  }

  private static long spread(long hash) {
    long mixed = (hash ^ hash >>> 32) * FACTOR;
    return mixed ^ mixed >>> 29;
  }
}

package dev.shiplog.logback.differential;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

/** Throwables with causes, suppressed ones, frames in common, and now and then a circle. */
final class Throwables {
  private final Random random;
  private final Texts texts;

  Throwables(Random random, Texts texts) {
    this.random = random;
    this.texts = texts;
  }

  Throwable next() {
    return random.nextInt(8) == 0 ? thrown() : next(frames(random.nextInt(12)), 3);
  }

  /** One whose frames the JVM has made, with class loaders and modules. */
  private static Throwable thrown() {
    try {
      return new IllegalStateException("not a number: " + Integer.parseInt("x"));
    } catch (NumberFormatException e) {
      return new IllegalStateException("wrapped", e);
    }
  }

  StackTraceElement frame() {
    int number = random.nextInt(40);
    return switch (number) {
      case 0 -> new StackTraceElement("gallery.Native", "paint", "Native.java", -2);
      case 1 -> new StackTraceElement("gallery.Unknown", "<init>", null, -1);
      case 2 -> new StackTraceElement("gallery.Line", "none", "Line.java", -1);
      case 3 ->
          new StackTraceElement("plugin", "gallery", "1.2", "gallery.Frame", "in", "Frame.java", 9);
      case 4 ->
          new StackTraceElement(null, "java.base", null, "java.util.List", "get", "List.java", 7);
      default ->
          new StackTraceElement(
              "gallery.room" + number % 5 + ".Easel$" + number, "paint", "Easel.java", number);
    };
  }

  private Throwable next(StackTraceElement[] shared, int depth) {
    String message = random.nextInt(4) == 0 ? null : texts.wellFormed();
    Throwable thrown =
        switch (random.nextInt(3)) {
          case 0 -> new IllegalStateException(message);
          case 1 -> new IOException(message);
          default -> new StackOverflowError(message);
        };
    thrown.setStackTrace(concatenated(frames(1 + random.nextInt(6)), shared));
    if (depth > 0 && random.nextInt(2) == 0) {
      Throwable cause = next(thrown.getStackTrace(), depth - 1);
      thrown.initCause(cause);
      if (random.nextInt(8) == 0 && cause.getCause() == null) {
        cause.initCause(thrown);
      }
    }
    for (int i = depth == 0 ? 0 : random.nextInt(5) - 3; i > 0; i--) {
      thrown.addSuppressed(next(thrown.getStackTrace(), depth - 1));
    }
    return thrown;
  }

  private StackTraceElement[] frames(int count) {
    StackTraceElement[] frames = new StackTraceElement[count];
    Arrays.setAll(frames, i -> frame());
    return frames;
  }

  private static StackTraceElement[] concatenated(
      StackTraceElement[] own, StackTraceElement[] shared) {
    StackTraceElement[] all = Arrays.copyOf(own, own.length + shared.length);
    System.arraycopy(shared, 0, all, own.length, shared.length);
    return all;
  }
}

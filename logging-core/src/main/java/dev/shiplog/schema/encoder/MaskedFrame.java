package dev.shiplog.schema.encoder;

import dev.shiplog.record.TextMask;
import org.jspecify.annotations.Nullable;

/** A stack frame whose names have been searched for secrets: scripts are named by their users. */
final class MaskedFrame {
  private MaskedFrame() {}

  static StackTraceElement of(StackTraceElement frame, TextMask mask) {
    if (mask == TextMask.NONE) {
      return frame;
    }
    return new StackTraceElement(
        frame.getClassLoaderName(),
        frame.getModuleName(),
        frame.getModuleVersion(),
        mask.apply(frame.getClassName()),
        mask.apply(frame.getMethodName()),
        masked(frame.getFileName(), mask),
        frame.getLineNumber());
  }

  private static @Nullable String masked(@Nullable String text, TextMask mask) {
    return text == null ? null : mask.apply(text);
  }
}

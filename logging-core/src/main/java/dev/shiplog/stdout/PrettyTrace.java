package dev.shiplog.stdout;

import dev.shiplog.event.Severity;
import dev.shiplog.event.Thrown;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A throwable as the JDK prints it, for people. */
final class PrettyTrace {
  /** A chain longer than this is hostile. */
  private static final int MAX_CAUSES = 100;

  /** Suppressed within suppressed, deeper than anyone reads. */
  private static final int MAX_DEPTH = 10;

  private final UnaryOperator<String> mask;
  private final Palette palette;
  private final PrettyOptions.Trace options;

  PrettyTrace(UnaryOperator<String> mask, Palette palette, PrettyOptions.Trace options) {
    this.mask = mask;
    this.palette = palette;
    this.options = options;
  }

  void write(Thrown thrown, SafeText to) {
    to.limit(options.maxBytes());
    if (options.rootCauseFirst()) {
      rootFirst(thrown, to);
    } else {
      write(thrown, "", "", 0, to);
    }
  }

  private void rootFirst(Thrown outer, SafeText to) {
    List<Thrown> chain = new ArrayList<>();
    for (Thrown at = outer; at != null && chain.size() < MAX_CAUSES; ) {
      chain.add(at);
      at = at.circular() ? null : at.cause();
    }
    String caption = "";
    for (int i = chain.size() - 1; i >= 0 && !to.full(); i--) {
      one(chain.get(i), "", caption, 0, to);
      caption = "Wrapped by: ";
    }
  }

  private void write(Thrown outer, String indent, String outerCaption, int depth, SafeText to) {
    String caption = outerCaption;
    @Nullable Thrown thrown = outer;
    for (int i = 0; thrown != null && i < MAX_CAUSES && !to.full(); i++) {
      one(thrown, indent, caption, depth, to);
      caption = "Caused by: ";
      thrown = thrown.circular() ? null : thrown.cause();
    }
  }

  private void one(Thrown thrown, String indent, String caption, int depth, SafeText to) {
    to.own(indent).own(caption);
    headline(thrown, indent, to);
    if (thrown.circular()) {
      return;
    }
    frames(thrown, indent, to);
    if (depth < MAX_DEPTH) {
      for (int s = 0; s < thrown.suppressedCount() && !to.full(); s++) {
        write(thrown.suppressed(s), indent + "    ", "Suppressed: ", depth + 1, to);
      }
    }
  }

  private void headline(Thrown thrown, String indent, SafeText to) {
    to.own(palette.of(Severity.ERROR)).line(mask.apply(thrown.className()));
    to.own(palette.reset());
    String message = thrown.message();
    if (message != null) {
      to.own(": ").lines(mask.apply(message), "\n" + indent + PrettyFormat.CONTINUATION);
    }
    to.own(thrown.circular() ? " (seen above)\n" : "\n");
  }

  private void frames(Thrown thrown, String indent, SafeText to) {
    int common = Math.min(thrown.commonFrames(), thrown.frameCount());
    int own = thrown.frameCount() - common;
    int shown = 0;
    int excluded = 0;
    int i = 0;
    for (; i < own && shown < options.maxFrames() && !to.full(); i++) {
      StackTraceElement frame = thrown.frame(i);
      if (i > 0 && options.excluded().test(frame.getClassName() + '.' + frame.getMethodName())) {
        excluded++;
        continue;
      }
      omitted(excluded, " excluded", indent, to);
      excluded = 0;
      to.own(indent).own("    at ").line(mask.apply(text(frame))).own("\n");
      shown++;
    }
    omitted(excluded, " excluded", indent, to);
    omitted(own - i, " truncated", indent, to);
    omitted(common, " more", indent, to);
  }

  private static void omitted(int count, String what, String indent, SafeText to) {
    if (count > 0) {
      to.own(indent).own("    ... " + count + what + "\n");
    }
  }

  private String text(StackTraceElement frame) {
    String text = frame.toString();
    String type = frame.getClassName();
    int at = options.shortened() ? text.indexOf(type) : -1;
    return at < 0
        ? text
        : text.substring(0, at)
            + PrettyFormat.shortened(type, 0)
            + text.substring(at + type.length());
  }
}

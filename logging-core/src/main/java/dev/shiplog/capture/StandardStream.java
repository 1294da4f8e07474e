package dev.shiplog.capture;

import dev.shiplog.event.Severity;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The two streams that a JVM prints to, and what their lines are as events.
 *
 * <p>A line on stderr is a WARN: it asks to be looked at, but banners, progress and warnings of
 * tools go there, too, and nobody wants to be woken by them. A stack trace there is an ERROR.
 */
enum StandardStream {
  OUT("stdout", Severity.INFO, Severity.INFO),
  ERR("stderr", Severity.WARN, Severity.ERROR);

  private final String logger;
  private final Severity ofLines;
  private final Severity ofTraces;

  StandardStream(String logger, Severity ofLines, Severity ofTraces) {
    this.logger = logger;
    this.ofLines = ofLines;
    this.ofTraces = ofTraces;
  }

  String logger() {
    return logger;
  }

  Severity ofLines() {
    return ofLines;
  }

  Severity ofTraces() {
    return ofTraces;
  }

  PrintStream current() {
    return this == OUT ? System.out : System.err;
  }

  void replace(PrintStream stream) {
    if (this == OUT) {
      System.setOut(stream);
    } else {
      System.setErr(stream);
    }
  }

  /**
   * The charset of what is written to {@code stream}. Where that is ASCII, as in a container whose
   * locale nobody has set, it is read as UTF-8: the same, and right for those who write that
   * knowingly.
   */
  Charset charset(PrintStream stream) {
    Charset charset = declared(stream);
    return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
  }

  private Charset declared(PrintStream stream) {
    try {
      // there from Java 18 on
      return (Charset) PrintStream.class.getMethod("charset").invoke(stream);
    } catch (ReflectiveOperationException before18) {
      String name = System.getProperty("sun." + logger + ".encoding");
      try {
        return name == null ? Charset.defaultCharset() : Charset.forName(name);
      } catch (IllegalArgumentException unknown) {
        return Charset.defaultCharset();
      }
    }
  }
}

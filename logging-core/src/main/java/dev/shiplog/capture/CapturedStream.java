package dev.shiplog.capture;

import dev.shiplog.worker.ShiplogThread;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the place of {@code System.out} or {@code System.err}: what is printed becomes
 * lines, and lines become events on the thread that prints. Safe for any thread.
 *
 * <p>Every method that prints is overridden, not the stream beneath: text needs no charset on its
 * way then, and no lock is held, where {@code PrintStream} would hold its own across the write of
 * an event. What shiplog's own threads print, and its own records, pass by to the original stream;
 * so does everything once nobody captures any more, for whoever still has this one.
 *
 * <p>It cannot be closed while it captures: with it would go the descriptor that events are written
 * to.
 */
final class CapturedStream extends PrintStream {
  private static final StackWalker STACK = StackWalker.getInstance();

  private final PrintStream original;
  private final ThreadLines lines;
  private final Outlet outlet;
  private final Recursion recursion;
  private final BooleanSupplier ownWrite;

  /** Stands in the place of {@code original}. */
  CapturedStream(
      PrintStream original,
      ThreadLines lines,
      Outlet outlet,
      Recursion recursion,
      BooleanSupplier ownWrite) {
    super(original, false, lines.charset());
    this.original = original;
    this.lines = lines;
    this.outlet = outlet;
    this.recursion = recursion;
    this.ownWrite = ownWrite;
  }

  PrintStream original() {
    return original;
  }

  /** Who gets what the calling thread prints; null if it passes by. */
  private @Nullable Claim owner() {
    return ShiplogThread.isCurrent() || recursion.isTooDeep() || ownWrite.getAsBoolean()
        ? null
        : outlet.owner();
  }

  private void put(String text) {
    Claim owner = owner();
    if (owner == null) {
      original.print(text);
    } else {
      lines.print(text, false, owner);
    }
  }

  private void putLine(String text) {
    Claim owner = owner();
    if (owner == null) {
      original.println(text);
    } else {
      lines.print(text, true, owner);
    }
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    Claim owner = owner();
    if (owner == null) {
      original.write(bytes, offset, length);
    } else {
      lines.write(bytes, offset, length, owner);
    }
  }

  @Override
  public void flush() {
    original.flush();
  }

  @Override
  public void close() {
    Claim owner = owner();
    if (owner == null) {
      original.close();
    } else {
      lines.flush(owner);
    }
  }

  @Override
  public boolean checkError() {
    return original.checkError();
  }

  @Override
  public void print(boolean b) {
    put(String.valueOf(b));
  }

  @Override
  public void print(char c) {
    put(String.valueOf(c));
  }

  @Override
  public void print(int i) {
    put(String.valueOf(i));
  }

  @Override
  public void print(long l) {
    put(String.valueOf(l));
  }

  @Override
  public void print(float f) {
    put(String.valueOf(f));
  }

  @Override
  public void print(double d) {
    put(String.valueOf(d));
  }

  @Override
  public void print(char[] chars) {
    put(new String(chars));
  }

  @Override
  public void print(@Nullable String s) {
    put(String.valueOf(s));
  }

  @Override
  public void print(@Nullable Object o) {
    put(String.valueOf(o));
  }

  @Override
  public void println() {
    putLine("");
  }

  @Override
  public void println(boolean b) {
    putLine(String.valueOf(b));
  }

  @Override
  public void println(char c) {
    putLine(String.valueOf(c));
  }

  @Override
  public void println(int i) {
    putLine(String.valueOf(i));
  }

  @Override
  public void println(long l) {
    putLine(String.valueOf(l));
  }

  @Override
  public void println(float f) {
    putLine(String.valueOf(f));
  }

  @Override
  public void println(double d) {
    putLine(String.valueOf(d));
  }

  @Override
  public void println(char[] chars) {
    putLine(new String(chars));
  }

  @Override
  public void println(@Nullable String s) {
    putLine(String.valueOf(s));
  }

  /**
   * Prints a line. {@link Throwable#printStackTrace()} comes here with the throwable, which is told
   * at once and as a whole, and then with line after line of what has been told.
   */
  @Override
  public void println(@Nullable Object o) {
    String text = String.valueOf(o);
    Claim owner = owner();
    if (owner == null) {
      original.println(text);
    } else if (!isCalledByThrowable()) {
      lines.print(text, true, owner);
    } else if (o instanceof Throwable failure) {
      lines.printTrace(text, failure, owner);
    }
  }

  private static boolean isCalledByThrowable() {
    return STACK.walk(
        frames ->
            frames
                .skip(2) // this method and println
                .findFirst()
                .filter(caller -> caller.getClassName().startsWith("java.lang.Throwable"))
                .isPresent());
  }

  // printf and append come to these

  @Override
  public PrintStream format(String format, @Nullable Object... arguments) {
    return format(Locale.getDefault(Locale.Category.FORMAT), format, arguments);
  }

  @Override
  public PrintStream format(@Nullable Locale locale, String format, @Nullable Object... arguments) {
    put(String.format(locale, format, arguments));
    return this;
  }
}

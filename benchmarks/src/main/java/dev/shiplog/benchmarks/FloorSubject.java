package dev.shiplog.benchmarks;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The least that any encoder must do for this one record: names and constants are copied ready
 * made, each value is copied and scanned once for what would need escaping, the time's digits are
 * formatted. It decides nothing: no schema, no limits, no collisions, no null, and a value that
 * does need an escape ends it. There is no floor for a failed event.
 */
final class FloorSubject implements EncodeSubject, BiConsumer<String, String> {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGH = 0x8080_8080_8080_8080L;

  private static final byte[] TIME = ascii("{\"@timestamp\":\"");
  private static final byte[] LEVEL = ascii("\",\"log.level\":\"INFO\",\"message\":\"");
  private static final byte[] THREAD =
      ascii(
          "\",\"ecs.version\":\"8.17.0\",\"service.name\":\"gallery\",\"event.dataset\":\"gallery\""
              + ",\"process.pid\":"
              + ProcessHandle.current().pid()
              + ",\"process.thread.name\":\"");
  private static final byte[] LOGGER = ascii("\",\"log.logger\":\"");
  private static final byte[] NEXT = ascii("\",\"");
  private static final byte[] COLON = ascii("\":\"");
  private static final byte[] END = ascii("\"}\n");

  private final ILoggingEvent[] events = SampleEvents.plain(new LoggerContext());
  private final byte[] out = new byte[16 * 1024];
  private int at;
  private long day = Long.MIN_VALUE;
  private final byte[] date = new byte[10];

  @Override
  public Object encode(int index) {
    ILoggingEvent event = events[index];
    at = 0;
    copy(TIME);
    time(event.getInstant());
    copy(LEVEL);
    value(event.getFormattedMessage());
    copy(THREAD);
    value(event.getThreadName());
    copy(LOGGER);
    value(event.getLoggerName());
    Map<String, String> mdc = event.getMDCPropertyMap();
    mdc.forEach(this);
    copy(END);
    return out;
  }

  @Override
  public byte[] bytes(int index) {
    encode(index);
    byte[] bytes = new byte[at];
    System.arraycopy(out, 0, bytes, 0, at);
    return bytes;
  }

  @Override
  public void accept(String name, String value) {
    copy(NEXT);
    value(name);
    copy(COLON);
    value(value);
  }

  private void copy(byte[] ready) {
    System.arraycopy(ready, 0, out, at, ready.length);
    at += ready.length;
  }

  @SuppressWarnings("deprecation") // the one copy out of a String that allocates nothing
  private void value(String text) {
    int length = text.length();
    int from = at;
    text.getBytes(0, length, out, from);
    int end = from + length;
    at = end;
    int i = from;
    for (; i + 8 <= end; i += 8) {
      if (suspicious((long) LONG.get(out, i))) {
        throw new IllegalStateException("the sample needs an escape");
      }
    }
    for (; i < end; i++) {
      byte b = out[i];
      if (b < 0x20 || b == '"' || b == '\\') {
        throw new IllegalStateException("the sample needs an escape");
      }
    }
  }

  /** Whether any of the eight bytes is a control character, a quote, a backslash or not ASCII. */
  private static boolean suspicious(long word) {
    long quote = word ^ (ONES * '"');
    long backslash = word ^ (ONES * '\\');
    return ((word | (word - ONES * 0x20) | (quote - ONES) | (backslash - ONES)) & HIGH) != 0;
  }

  private void time(Instant instant) {
    long second = instant.getEpochSecond();
    long today = Math.floorDiv(second, 86_400L);
    if (today != day) {
      System.arraycopy(ascii(instant.toString()), 0, date, 0, 10);
      day = today;
    }
    int ofDay = (int) (second - today * 86_400L);
    copy(date);
    out[at] = 'T';
    digits(at + 1, 2, ofDay / 3600);
    out[at + 3] = ':';
    digits(at + 4, 2, ofDay / 60 % 60);
    out[at + 6] = ':';
    digits(at + 7, 2, ofDay % 60);
    out[at + 9] = '.';
    digits(at + 10, 9, instant.getNano());
    out[at + 19] = 'Z';
    at += 20;
  }

  private void digits(int offset, int count, int number) {
    int rest = number;
    for (int i = offset + count - 1; i >= offset; i--) {
      out[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

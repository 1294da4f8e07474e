package dev.shiplog.record;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Points in time as ISO-8601 in UTC ({@code 2026-11-23T07:39:05.123456789Z}), as RFC 3339 has it.
 *
 * <p>The last second's text is kept, so that a busy thread formats each second once, and each day's
 * date. Not thread-safe.
 */
public final class IsoInstant {
  /** The most bytes a point in time takes, years of ten digits included. */
  public static final int MAX_BYTES = 40;

  private static final int HOUR = "yyyy-mm-ddT".length();
  private static final int MINUTE = HOUR + 3;
  private static final int SECOND = MINUTE + 3;
  private static final int SECONDS_PER_DAY = 86_400;
  private static final int SECOND_BYTES = "yyyy-mm-ddThh:mm:ss".length();

  /** 0000-01-01T00:00:00Z and 9999-12-31T23:59:59Z, between which a year has four digits. */
  private static final long FIRST_SECOND = -62_167_219_200L;

  private static final long LAST_SECOND = 253_402_300_799L;
  private static final int[] POWERS = {
    1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1
  };

  /** A formatter that has seen no second yet. */
  public IsoInstant() {}

  private final byte[] second = new byte[SECOND_BYTES];
  private long cached = Long.MIN_VALUE;
  private long cachedDay = Long.MIN_VALUE;

  /**
   * Writes at {@code at}, where {@link #MAX_BYTES} are free, and returns the position behind it.
   */
  public int write(long epochSecond, int nano, int decimals, byte[] to, int at) {
    if (epochSecond < FIRST_SECOND || epochSecond > LAST_SECOND) {
      return writeRare(epochSecond, nano, to, at);
    }
    if (epochSecond != cached) {
      format(epochSecond);
    }
    System.arraycopy(second, 0, to, at, SECOND_BYTES);
    int p = at + SECOND_BYTES;
    if (decimals > 0) {
      to[p++] = '.';
      int rest = nano / POWERS[decimals];
      int q = p + decimals;
      int end = q;
      while (q - p >= 2) {
        Decimal.writePair(rest % 100, to, q - 2);
        rest /= 100;
        q -= 2;
      }
      if (q > p) {
        to[p] = (byte) ('0' + rest % 10);
      }
      p = end;
    }
    to[p++] = 'Z';
    return p;
  }

  private void format(long epochSecond) {
    long day = Math.floorDiv(epochSecond, SECONDS_PER_DAY);
    if (day != cachedDay) {
      formatDay(day);
    }
    int ofDay = (int) (epochSecond - day * SECONDS_PER_DAY);
    Decimal.writePair(ofDay / 3600, second, HOUR);
    Decimal.writePair(ofDay / 60 % 60, second, MINUTE);
    Decimal.writePair(ofDay % 60, second, SECOND);
    cached = epochSecond;
  }

  private void formatDay(long day) {
    LocalDate date = LocalDate.ofEpochDay(day);
    int p = Decimal.writePair(date.getYear() / 100, second, 0);
    p = Decimal.writePair(date.getYear() % 100, second, p);
    second[p++] = '-';
    p = Decimal.writePair(date.getMonthValue(), second, p);
    second[p++] = '-';
    p = Decimal.writePair(date.getDayOfMonth(), second, p);
    second[p] = 'T';
    second[MINUTE - 1] = ':';
    second[SECOND - 1] = ':';
    cachedDay = day;
  }

  @SuppressWarnings("deprecation") // the text is ASCII, and nothing is allocated
  private static int writeRare(long epochSecond, int nano, byte[] to, int at) {
    long bounded =
        Math.max(Instant.MIN.getEpochSecond(), Math.min(epochSecond, Instant.MAX.getEpochSecond()));
    String text = Instant.ofEpochSecond(bounded, nano).toString();
    text.getBytes(0, text.length(), to, at);
    return at + text.length();
  }
}

package dev.shiplog.record;

/** Integers as decimal digits, straight into bytes. */
public final class Decimal {
  /** The most bytes that a long takes: nineteen digits and a sign. */
  public static final int MAX_LONG = 20;

  /** The most bytes that a point in time takes. */
  public static final int MAX_TIME = MAX_LONG + 11;

  private static final int NANO_DIGITS = 9;

  /** The first second whose nanoseconds a long does not hold, in the year 2262. */
  private static final long SECONDS_OF_A_LONG = 9_223_372_036L;

  private static final byte[] PAIRS = new byte[200];

  static {
    for (int i = 0; i < 100; i++) {
      PAIRS[2 * i] = (byte) ('0' + i / 10);
      PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
    }
  }

  private Decimal() {}

  /** Writes {@code value} at {@code at} and returns the position behind it. */
  public static int write(long value, byte[] to, int at) {
    if (value == Long.MIN_VALUE) {
      int p = write(-922337203685477580L, to, at);
      to[p] = '8';
      return p + 1;
    }
    int p = at;
    long rest = value;
    if (rest < 0) {
      to[p++] = '-';
      rest = -rest;
    }
    int end = p + digits(rest);
    int q = end;
    while (rest >= 100) {
      int pair = (int) (rest % 100) * 2;
      rest /= 100;
      to[--q] = PAIRS[pair + 1];
      to[--q] = PAIRS[pair];
    }
    if (rest >= 10) {
      to[--q] = PAIRS[(int) rest * 2 + 1];
      to[--q] = PAIRS[(int) rest * 2];
    } else {
      to[--q] = (byte) ('0' + rest);
    }
    return end;
  }

  /** Writes seconds since the epoch with the first {@code decimals} digits of their fraction. */
  public static int writeSeconds(long epochSecond, int nano, int decimals, byte[] to, int at) {
    int p = at;
    long second = epochSecond;
    int rest = nano;
    if (second < 0 && rest > 0) {
      second++;
      rest = 1_000_000_000 - rest;
      if (second == 0) {
        to[p++] = '-';
      }
    }
    p = write(second, to, p);
    if (decimals > 0) {
      to[p++] = '.';
      fraction(rest, to, p);
      p += decimals;
    }
    return p;
  }

  /**
   * Writes nanoseconds since the epoch, those behind the first {@code decimals} digits of the
   * second as 0; what a long does not hold, from 2262 on, and what is before 1970 is 0.
   */
  public static int writeNanos(long epochSecond, int nano, int decimals, byte[] to, int at) {
    if (epochSecond < 0 || epochSecond >= SECONDS_OF_A_LONG) {
      to[at] = '0';
      return at + 1;
    }
    int unit = 1;
    for (int i = decimals; i < NANO_DIGITS; i++) {
      unit *= 10;
    }
    return write(epochSecond * 1_000_000_000L + (nano - nano % unit), to, at);
  }

  /** Writes nine digits. */
  private static void fraction(int nano, byte[] to, int at) {
    int rest = nano;
    for (int q = at + NANO_DIGITS - 1; q >= at; q--) {
      to[q] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /** Writes two digits, 00 to 99. */
  public static int writePair(int value, byte[] to, int at) {
    to[at] = PAIRS[2 * value];
    to[at + 1] = PAIRS[2 * value + 1];
    return at + 2;
  }

  private static int digits(long value) {
    int digits = 1;
    for (long bound = 10; digits < 19 && value >= bound; bound *= 10) {
      digits++;
    }
    return digits;
  }
}

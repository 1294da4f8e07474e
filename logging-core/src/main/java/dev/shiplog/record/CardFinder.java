package dev.shiplog.record;

import java.util.BitSet;

/**
 * Finds the numbers of payment cards (ISO/IEC 7812): 13 to 19 digits, in groups or not, of which
 * the first tells an issuer's industry that has cards to pay with, and the last is right by Luhn's
 * rule. Looks at each char a bounded number of times.
 *
 * <p>A number has to begin and end where a group of digits does: part of a longer group is none,
 * nor are decimals.
 */
final class CardFinder implements SecretFinder {
  private static final int MIN_DIGITS = 13;
  private static final int MAX_DIGITS = 19;

  @Override
  public boolean find(String text, BitSet hidden) {
    for (int i = 0; i < text.length(); i++) {
      if (beginsGroup(text, i)) {
        int end = endOfCard(text, i);
        if (end > 0) {
          hidden.set(i, end);
        }
      }
    }
    return true;
  }

  private static boolean beginsGroup(String text, int at) {
    char first = text.charAt(at);
    if (first < '2' || first > '6' || isDigit(text, at - 1)) {
      return false;
    }
    boolean decimals = at > 0 && text.charAt(at - 1) == '.' && isDigit(text, at - 2);
    return !decimals;
  }

  /** Where the longest card number ends that starts here, or -1. */
  private static int endOfCard(String text, int start) {
    int end = -1;
    int digits = 0;
    int even = 0; // the sum with every second digit doubled, for an even number of digits
    int odd = 0;
    for (int i = start; digits < MAX_DIGITS; i++) {
      int digit = text.charAt(i) - '0';
      int doubled = digit > 4 ? digit * 2 - 9 : digit * 2;
      even += digits % 2 == 0 ? doubled : digit;
      odd += digits % 2 == 0 ? digit : doubled;
      digits++;
      if (!isDigit(text, i + 1)) {
        int sum = digits % 2 == 0 ? even : odd;
        if (digits >= MIN_DIGITS && sum % 10 == 0) {
          end = i + 1;
        }
        i++;
        boolean goesOn = i < text.length() && isSeparator(text.charAt(i)) && isDigit(text, i + 1);
        if (!goesOn) {
          break;
        }
      }
    }
    return end;
  }

  private static boolean isSeparator(char c) {
    return c == ' ' || c == '-';
  }

  private static boolean isDigit(String text, int at) {
    return at >= 0 && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }
}

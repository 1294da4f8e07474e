package dev.shiplog.metadata;

import org.jspecify.annotations.Nullable;

/**
 * The shapes that ids have, and nothing that merely looks like one.
 *
 * <p>Hand-written rather than regular expressions: this runs once, cold, within the budget of a few
 * milliseconds, on input of any length.
 */
final class Ids {
  private Ids() {}

  /** A container's full id: exactly 64 lower-case hex digits. */
  static boolean isContainer(String text) {
    return text.length() == 64 && isHex(text, 0, 64);
  }

  /** A container's id on Fargate: the task's 32 hex digits, a dash, and up to 20 digits. */
  static boolean isFargateContainer(String text) {
    if (text.length() < 34 || text.length() > 53 || text.charAt(32) != '-') {
      return false;
    }
    return isHex(text, 0, 32) && isDigits(text, 33);
  }

  /** A container's id under Cloud Foundry's Garden: eight hex digits and four groups of four. */
  static boolean isGardenContainer(String text) {
    return text.length() == 28 && isHex(text, 0, 8) && isGroups(text, 8, '-');
  }

  /** An ECS task's id: 32 hex digits, or a UUID in the older form of its ARN. */
  static boolean isEcsTask(String text) {
    return (text.length() == 32 && isHex(text, 0, 32)) || isUuid(text, '-');
  }

  /**
   * The pod's uid that {@code text} is, with dashes in place of systemd's underscores: a UUID, or
   * the 32 hex digits of a static pod; null if it is neither.
   */
  static @Nullable String podUid(String text) {
    if (text.length() == 32 && isHex(text, 0, 32)) {
      return text;
    }
    return isUuid(text, '-') || isUuid(text, '_') ? text.replace('_', '-') : null;
  }

  /** Lower-case hex digits alone, this many. */
  static boolean isHex(String text, int length) {
    return text.length() == length && isHex(text, 0, length);
  }

  /** A name as Kubernetes allows for a container: letters, digits, dashes and dots. */
  static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && (c < '0' || c > '9') && c != '-' && c != '.' && c != '_') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= 253;
  }

  private static boolean isUuid(String text, char separator) {
    return text.length() == 36
        && isHex(text, 0, 8)
        && isGroups(text.substring(0, 28), 8, separator)
        && isHex(text, 28, 36);
  }

  /** Groups of a separator and four hex digits from {@code start} to the end. */
  private static boolean isGroups(String text, int start, char separator) {
    for (int i = start; i < text.length(); i += 5) {
      if (text.charAt(i) != separator || !isHex(text, i + 1, i + 5)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHex(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigits(String text, int start) {
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}

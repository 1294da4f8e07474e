package dev.shiplog.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of an event that finds the buffer full.
 *
 * @param patience how long {@link Policy#BLOCK} waits; null means as long as it takes
 * @param below the lowest severity that {@link Policy#DROP_BELOW} keeps; null for the others
 */
public record Overflow(
    Policy policy, @Nullable Duration patience, Choice.@Nullable Threshold below) {

  /** What is done. */
  public enum Policy {
    /** The caller waits for room. */
    BLOCK,
    /** The oldest buffered events go. */
    DROP_OLDEST,
    /** The event itself goes. */
    DROP_NEWEST,
    /** Events under a severity go; the others wait. */
    DROP_BELOW,
    /** The event goes to stdout instead. */
    STDOUT
  }

  static final Type<Overflow> OF_STDOUT =
      new Type<>(
          "overflow",
          "must be block, drop-newest or drop-below:LEVEL",
          text -> {
            Overflow overflow = parse(text);
            return overflow != null
                    && overflow.patience() == null
                    && overflow.policy() != Policy.DROP_OLDEST
                    && overflow.policy() != Policy.STDOUT
                ? overflow
                : null;
          });

  static final Type<Overflow> OF_FLUENTD =
      new Type<>(
          "overflow",
          "must be drop-oldest, drop-newest, block:DURATION such as block:2s, or stdout",
          text -> {
            Overflow overflow = parse(text);
            return overflow != null
                    && overflow.policy() != Policy.DROP_BELOW
                    && (overflow.policy() != Policy.BLOCK || overflow.patience() != null)
                ? overflow
                : null;
          });

  private static @Nullable Overflow parse(String text) {
    int colon = text.indexOf(':');
    String word = colon < 0 ? text : text.substring(0, colon);
    String detail = colon < 0 ? null : text.substring(colon + 1);
    Policy policy = null;
    for (Policy candidate : Policy.values()) {
      if (Choice.word(candidate).equals(word)) {
        policy = candidate;
      }
    }
    if (policy == null) {
      return null;
    }
    if (detail == null) {
      return policy == Policy.DROP_BELOW ? null : new Overflow(policy, null, null);
    }
    if (policy == Policy.BLOCK) {
      Duration wait = Types.span(detail);
      return wait == null || wait.isNegative() ? null : new Overflow(policy, wait, null);
    }
    Choice.Threshold below = policy == Policy.DROP_BELOW ? Types.level(detail) : null;
    return below == null ? null : new Overflow(policy, null, below);
  }
}

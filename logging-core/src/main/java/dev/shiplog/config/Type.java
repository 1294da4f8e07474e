package dev.shiplog.config;

import org.jspecify.annotations.Nullable;

/**
 * What a key's values are: how their text is read, and the rule that is told to whoever wrote
 * something else. Immutable; safe for any thread.
 *
 * @param name what the reference calls it, as in {@code size}
 * @param rule completes the sentence "the value …", as in {@code must be 1 to 65535}
 * @param parser turns text into a value
 */
public record Type<T>(String name, String rule, Parser<T> parser) {

  /** Reads a value. */
  @FunctionalInterface
  public interface Parser<T> {
    /** The value that {@code text} means, or null if it breaks the rule. Never throws. */
    @Nullable T parse(String text);
  }
}

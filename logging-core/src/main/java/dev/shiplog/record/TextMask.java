package dev.shiplog.record;

/**
 * Hides secrets within texts, whatever name they stand under. Immutable, safe for any thread; never
 * throws.
 */
@FunctionalInterface
public interface TextMask {
  /** Hides nothing. */
  TextMask NONE = text -> text;

  /** The text without its secrets: {@code text} itself if it has none. */
  String apply(String text);

  /** Whether there is a secret in the text. */
  @SuppressWarnings("ReferenceEquality") // that is what apply promises
  default boolean finds(String text) {
    return apply(text) != text;
  }
}

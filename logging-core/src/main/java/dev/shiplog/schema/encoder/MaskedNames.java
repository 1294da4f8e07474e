package dev.shiplog.schema.encoder;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells by its name whether a value is a secret: {@code mask.key}.
 *
 * <p>A name is read as words, split where the case rises, between letters and digits, and at
 * whatever is neither; it is masked if the words of a mask stand in it one after the other. {@code
 * password} masks {@code db.password}, {@code userPassword} and {@code password2}, {@code api_key}
 * masks {@code X-Api-Key} and {@code apikey}.
 *
 * <p>Safe for any thread. Names come again and again: what was decided is remembered in a bounded
 * table of immutable entries, where names that meet in a slot replace each other.
 */
public final class MaskedNames implements Predicate<String> {
  /** What is masked unless the settings say otherwise. */
  public static final List<String> DEFAULT =
      List.of(
          "password",
          "passwd",
          "pwd",
          "passphrase",
          "secret",
          "token",
          "authorization",
          "api_key",
          "access_key",
          "access_token",
          "auth_token",
          "client_secret",
          "refresh_token",
          "secret_key",
          "private_key",
          "credential",
          "credentials",
          "cookie",
          "session_id",
          "jsessionid");

  private static final int SLOTS = 512;

  /** Longer names are seldom the same twice, and would be kept. */
  private static final int MAX_KEPT = 256;

  private final Known[] slots = new Known[SLOTS];
  private final Set<List<String>> masks;
  private final int longest;

  private record Known(String name, boolean masked) {}

  /** Masks the names that contain one of {@code masks}. */
  public MaskedNames(List<String> masks) {
    Set<List<String>> all = new HashSet<>();
    for (String mask : masks) {
      List<String> words = words(mask);
      if (!words.isEmpty()) {
        all.add(words);
        all.add(List.of(String.join("", words)));
      }
    }
    this.masks = Set.copyOf(all);
    int most = 0;
    for (List<String> words : all) {
      most = Math.max(most, words.size());
    }
    this.longest = most;
  }

  @Override
  public boolean test(String name) {
    int hash = name.hashCode();
    int slot = (hash ^ hash >>> 16) & SLOTS - 1;
    Known known = slots[slot];
    if (known != null && known.name.equals(name)) {
      return known.masked;
    }
    boolean masked = decide(name);
    if (name.length() <= MAX_KEPT) {
      slots[slot] = new Known(name, masked);
    }
    return masked;
  }

  private boolean decide(String name) {
    List<String> words = words(name);
    for (int from = 0; from < words.size(); from++) {
      for (int to = from + 1; to <= Math.min(words.size(), from + longest); to++) {
        if (masks.contains(words.subList(from, to))) {
          return true;
        }
      }
    }
    return false;
  }

  private static List<String> words(String name) {
    List<String> words = new ArrayList<>(4);
    int start = 0;
    for (int i = 0; i <= name.length(); i++) {
      boolean end = i == name.length() || !Character.isLetterOrDigit(name.charAt(i));
      boolean rises = !end && i > start && (rises(name, i) || turns(name, i));
      if ((end || rises) && i > start) {
        words.add(name.substring(start, i).toLowerCase(Locale.ROOT));
      }
      if (end) {
        start = i + 1;
      } else if (rises) {
        start = i;
      }
    }
    return words;
  }

  /** Whether digits begin or end at {@code i}. */
  private static boolean turns(String name, int i) {
    return Character.isDigit(name.charAt(i)) != Character.isDigit(name.charAt(i - 1));
  }

  /**
   * Whether a word begins at {@code i}: in {@code userToken}, and before the last of {@code XMLa}.
   */
  private static boolean rises(String name, int i) {
    if (!Character.isUpperCase(name.charAt(i))) {
      return false;
    }
    return !Character.isUpperCase(name.charAt(i - 1))
        || i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1));
  }
}

package dev.shiplog.schema.encoder;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which names are let through, and under which name: {@code include}, {@code exclude}, {@code
 * rename} and {@code prefix} of the settings.
 *
 * @param include only these, or all if empty; {@code *} at the end matches any rest
 * @param exclude none of these
 * @param rename old name to new name, applied to what was let through
 * @param prefix what is put before each name
 */
public record NameRule(
    List<String> include, List<String> exclude, Map<String, String> rename, String prefix) {
  /** Lets every name through as it is. */
  public static final NameRule ALL = new NameRule(List.of(), List.of(), Map.of(), "");

  /** Copies its collections. */
  public NameRule {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    rename = Map.copyOf(rename);
  }

  /** The name to use instead of {@code name}, or null to leave the field out. */
  public @Nullable String apply(String name) {
    if (!include.isEmpty() && !matches(include, name) || matches(exclude, name)) {
      return null;
    }
    return prefix + rename.getOrDefault(name, name);
  }

  private static boolean matches(List<String> patterns, String name) {
    for (String pattern : patterns) {
      boolean open = pattern.endsWith("*");
      if (open
          ? name.startsWith(pattern.substring(0, pattern.length() - 1))
          : name.equals(pattern)) {
        return true;
      }
    }
    return false;
  }
}

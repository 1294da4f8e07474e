package dev.shiplog.schema.encoder;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The names that a schema's fields and the container's have in records, so that no two are equal. A
 * field whose name would be that of another one, or of what records get beside their fields, keeps
 * the name that its schema gave it.
 *
 * <p>Names are told first, all of them; once they are settled they are asked for. For one thread.
 */
final class SchemaNames {
  private final NameRule rule;
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Set<String> fixed = new HashSet<>(Notes.NAMES);
  private final Map<String, String> refused = new LinkedHashMap<>();

  /** Names by {@code rule}. */
  SchemaNames(NameRule rule) {
    this.rule = rule;
  }

  /** Tells that a record has {@code name} whatever the rule says. */
  void fix(String name) {
    fixed.add(name);
  }

  boolean isFixed(String name) {
    return fixed.contains(name);
  }

  /**
   * The name of the field that the schema calls {@code name}, or null if it is left out.
   *
   * @param own what the rule is asked about
   * @param shape what becomes of the rule's answer
   */
  @Nullable String of(String name, String own, UnaryOperator<String> shape) {
    String wanted = rule.apply(own);
    return wanted == null ? null : names.computeIfAbsent(name, first -> shape.apply(wanted));
  }

  /** Gives fields their own names until all names differ. */
  void settle() {
    boolean refuses;
    do {
      Set<String> taken = new HashSet<>(fixed);
      names.forEach(
          (name, wanted) -> {
            if (name.equals(wanted)) {
              taken.add(name);
            }
          });
      refuses = false;
      for (Map.Entry<String, String> field : names.entrySet()) {
        String name = field.getKey();
        if (!name.equals(field.getValue()) && !taken.add(field.getValue())) {
          refused.put(name, field.getValue());
          field.setValue(name);
          refuses = true;
        }
      }
    } while (refuses);
  }

  /** The fields that keep their names, and what the settings would call them. */
  Map<String, String> refused() {
    return Collections.unmodifiableMap(refused);
  }
}

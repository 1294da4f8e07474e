package dev.shiplog.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table of a section's keys, made from the key table. */
final class KeysPage {
  /** Values that a key may treat apart from its others, of every type that does so. */
  private static final List<String> SPECIMENS =
      List.of("true", "false", "split", "truncate", "example.Schema", "ecs", "100/s");

  private KeysPage() {}

  static String of(Section section) {
    StringBuilder rows =
        new StringBuilder("| key | value | default | | since | what it does |\n")
            .append("|---|---|---|---|---|---|\n");
    keys(section).forEach(key -> rows.append(row(key)));
    return rows.toString();
  }

  private static Stream<Key<?>> keys(Section section) {
    Scope scope =
        switch (section) {
          case SHARED -> Scope.ENCODER;
          case STDOUT -> Scope.STDOUT;
          case FLUENTD -> Scope.FLUENTD;
        };
    return Keys.of(scope).stream().filter(key -> key.section() == section);
  }

  private static String row(Key<?> key) {
    return Stream.of(
                "`" + key.name() + "`",
                values(key.type()),
                fallback(key),
                String.join("; ", remarks(key)),
                key.since(),
                key.sentence())
            .map(cell -> cell.replace("|", "\\|"))
            .reduce("|", (row, cell) -> row + (cell.isEmpty() ? " |" : " " + cell + " |"))
        + "\n";
  }

  /** The rule without what the head of the page says of sizes and durations. */
  private static String values(Type<?> type) {
    if (type.rule().equals("must not be empty")) {
      return type.name();
    }
    String rule =
        type.rule()
            .replaceFirst("^must be (an? )?", "")
            .replaceFirst("(size|duration) such as .*?, (?=\\w+ to )", "$1, ");
    return rule.matches("\\d+ to \\d+") ? type.name() + ", " + rule : rule;
  }

  private static String fallback(Key<?> key) {
    if (key.fallback() == null) {
      return "";
    }
    String shown = "`" + key.fallback() + "`";
    return key.forwardFallback() == null
        ? shown
        : shown + "; fluentd `" + key.forwardFallback() + "`";
  }

  private static <T> List<String> remarks(Key<T> key) {
    List<String> remarks = new ArrayList<>();
    if (key.repeatable()) {
      remarks.add(key.commas() ? "repeatable" : "repeatable, no commas");
    }
    if (key.secret()) {
      remarks.add("secret");
    }
    remark(key, key.fileOnly(), "in files alone", remarks);
    remark(key, key.notYet(), "not in this version", remarks);
    return remarks;
  }

  /** Says whether {@code applies} to all values or, with one of them as an example, to some. */
  private static <T> void remark(
      Key<T> key, Predicate<? super T> applies, String remark, List<String> remarks) {
    List<String> readable = SPECIMENS.stream().filter(text -> parse(key, text) != null).toList();
    List<String> applying =
        readable.stream()
            .filter(
                text -> {
                  T value = parse(key, text);
                  return value != null && applies.test(value);
                })
            .toList();
    if (!applying.isEmpty()) {
      boolean all = applying.size() == readable.size();
      remarks.add(all ? remark : "`" + applying.get(0) + "` " + remark);
    }
  }

  private static <T> @Nullable T parse(Key<T> key, String text) {
    return key.type().parser().parse(text);
  }
}

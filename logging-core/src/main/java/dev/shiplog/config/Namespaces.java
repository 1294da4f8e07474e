package dev.shiplog.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the properties and variables of one appender are looked for, most specific first.
 *
 * @param all the namespaces in dotted form, such as {@code shiplog.fluentd}
 */
record Namespaces(List<Namespace> all) {
  private static final String COMMON = "shiplog";

  /** Words after the common namespace that begin a namespace of their own. */
  private static final List<String> TAKEN =
      List.of("stdout", "fluentd", "encoder", "appender", "relay", "access-log", "accessLog");

  private static final Pattern SYNTAX = Pattern.compile("[A-Za-z][A-Za-z0-9-]*(\\.[A-Za-z0-9-]+)*");

  static final Type<String> PREFIX =
      new Type<>(
          "namespace",
          "must be words of letters, digits and hyphens with dots between them",
          text -> SYNTAX.matcher(text).matches() ? text : null);

  /**
   * One of them.
   *
   * @param name in dotted form
   * @param own whether only keys can stand in it, so that anything else is a mistake; the others
   *     are shared with namespaces that are not known here
   * @param sharedAlone whether only keys that all appenders know are looked for in it
   */
  record Namespace(String name, boolean own, boolean sharedAlone) {
    boolean isCommon() {
      return name.equals(COMMON);
    }

    /** Whether {@code rest} of a property or variable belongs to another namespace. */
    boolean isForeign(String rest, Spelling spelling) {
      if (!isCommon()) {
        return false;
      }
      return TAKEN.stream()
          .anyMatch(word -> rest.startsWith(spelling.name(word) + spelling.separator()));
    }
  }

  static Namespaces of(Scope scope, @Nullable String appender, @Nullable String prefix) {
    List<Namespace> all = new ArrayList<>();
    if (appender != null && !appender.isEmpty()) {
      all.add(new Namespace(COMMON + ".appender." + appender, false, false));
    }
    if (!COMMON.equals(prefix)) {
      String own = prefix == null ? COMMON + "." + scope.word() : prefix;
      all.add(new Namespace(own, true, false));
    }
    all.add(new Namespace(COMMON, false, !COMMON.equals(prefix)));
    return new Namespaces(List.copyOf(all));
  }
}

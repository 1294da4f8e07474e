package dev.shiplog.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How names are written where everything is one flat list of name and value. */
enum Spelling {
  /** {@code -Dshiplog.fluentd.spool.maxBytes=…}. */
  PROPERTY('.', Pattern.compile("(.+)(?:\\.(\\d{1,4})|\\[(\\d{1,4})])")) {
    @Override
    String name(String dotted) {
      return dotted;
    }

    @Override
    String place(String name) {
      return "-D" + name;
    }

    @Override
    boolean isNotOurs(String name, String value) {
      return false;
    }
  },

  /** {@code SHIPLOG_FLUENTD_SPOOL_MAX_BYTES=…}. */
  VARIABLE('_', Pattern.compile("(.+)_(\\d{1,4})()")) {
    @Override
    String name(String dotted) {
      return Key.variable(dotted);
    }

    @Override
    String place(String name) {
      return name;
    }

    @Override
    boolean isNotOurs(String name, String value) {
      return KUBERNETES_SERVICE.matcher(name).matches()
          || (name.endsWith("_PORT") && value.contains("://"));
    }
  };

  /** What Kubernetes puts into every container for each Service that happens to be called so. */
  private static final Pattern KUBERNETES_SERVICE =
      Pattern.compile(
          ".*_(?:SERVICE_HOST|SERVICE_PORT(?:_.*)?|PORT_\\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)");

  private final char separator;
  private final Pattern indexed;

  Spelling(char separator, Pattern indexed) {
    this.separator = separator;
    this.indexed = indexed;
  }

  char separator() {
    return separator;
  }

  /** A dotted name in this spelling. */
  abstract String name(String dotted);

  /** How a message says where a value came from. */
  abstract String place(String name);

  /** Whether something else than a user of ours wrote this. */
  abstract boolean isNotOurs(String name, String value);

  /** The name without its index, and the index; index -1 if it has none. */
  Indexed index(String name) {
    Matcher matcher = indexed.matcher(name);
    if (!matcher.matches()) {
      return new Indexed(name, -1);
    }
    String digits = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
    return new Indexed(matcher.group(1), Integer.parseInt(digits));
  }

  /** A name that was taken apart. */
  record Indexed(String name, int index) {}
}

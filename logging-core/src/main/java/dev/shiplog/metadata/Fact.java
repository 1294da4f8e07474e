package dev.shiplog.metadata;

/**
 * A value and where it was read.
 *
 * @param value a String, a Long, a List of Strings, or (pod labels under fluentd's names) a Map of
 *     Strings; immutable
 * @param source such as {@code /proc/self/cgroup} or {@code env POD_NAME}
 */
record Fact(Object value, String source) {
  /** The same value known from somewhere under another form. */
  Fact as(Object other) {
    return new Fact(other, source);
  }
}

package dev.shiplog.config;

import java.util.List;
import java.util.Map;

/** A valid value for every key that differs from its default, and values that are not valid. */
public final class KeySamples {
  private static final Map<String, String> BY_NAME =
      Map.ofEntries(
          Map.entry("schema", "logstash"),
          Map.entry("prefix", "shiplog.other"),
          Map.entry("tag", "gallery.{logger}"),
          Map.entry("tls.verifyHostname", "false"),
          Map.entry("ack", "false"),
          Map.entry("duplicates", "prefix"));

  private static final Map<String, String> BY_TYPE =
      Map.ofEntries(
          Map.entry("boolean", "true"),
          Map.entry("text", "gallery"),
          Map.entry("file", "/no/such/file"),
          Map.entry("ping field", "gallery"),
          Map.entry("field name", "http.*"),
          Map.entry("folder", "target/sample-folder"),
          Map.entry("pattern", "[a-z]{1,3}"),
          Map.entry("integer", "42"),
          Map.entry("size", "2MB"),
          Map.entry("duration", "90s"),
          Map.entry("level", "WARN"),
          Map.entry("endpoint", "fluentd:24225"),
          Map.entry("field", "team=art:string"),
          Map.entry("rename", "message=msg"),
          Map.entry("tag rule", "com.acme=acme.{level}"),
          Map.entry("rate", "100/s"),
          Map.entry("sync", "interval:5s"),
          Map.entry("overflow", "drop-newest"),
          Map.entry("tag template", "gallery.{logger}"),
          Map.entry("namespace", "shiplog.audit"));

  private static final Map<String, String> CHOICES =
      Map.ofEntries(
          Map.entry("values", "string"),
          Map.entry("objects", "string"),
          Map.entry("timestamp.precision", "ms"),
          Map.entry("stackTrace.format", "array"),
          Map.entry("mask.preset", "card"),
          Map.entry("oversize", "split"),
          Map.entry("metadata.level", "none"),
          Map.entry("metadata.names", "kubernetes"),
          Map.entry("metadata.http", "off"),
          Map.entry("target", "stderr"),
          Map.entry("via", "system-out"),
          Map.entry("format", "pretty"),
          Map.entry("balance", "round-robin"),
          Map.entry("compression", "gzip"),
          Map.entry("drainRemainder", "drop"),
          Map.entry("transport", "builtin"));

  /** What has to be set beside a key, or it makes no sense. */
  private static final Map<String, List<String>> COMPANIONS =
      Map.ofEntries(
          Map.entry("stdout.bufferBytes", List.of("async")),
          Map.entry("stdout.overflow", List.of("async")),
          Map.entry("fluentd.spool.maxBytes", List.of("spool.dir")),
          Map.entry("fluentd.spool.maxAge", List.of("spool.dir")),
          Map.entry("fluentd.spool.sync", List.of("spool.dir")),
          Map.entry("fluentd.deadLetter.maxBytes", List.of("deadLetter.dir")),
          Map.entry("fluentd.tls.cert", List.of("tls.key")),
          Map.entry("fluentd.tls.key", List.of("tls.cert")),
          Map.entry("fluentd.tls.keyPassword", List.of("tls.key", "tls.cert")),
          Map.entry("fluentd.tls.keyPasswordFile", List.of("tls.key", "tls.cert")),
          Map.entry("fluentd.auth.username", List.of("auth.sharedKey", "auth.password")),
          Map.entry("fluentd.auth.password", List.of("auth.sharedKey", "auth.username")),
          Map.entry("fluentd.auth.passwordFile", List.of("auth.sharedKey", "auth.username")),
          Map.entry("fluentd.auth.selfHostname", List.of("auth.sharedKey")),
          Map.entry("fluentd.auth.allowPlaintext", List.of("auth.sharedKey")));

  private KeySamples() {}

  /** Keys of the same scope that have to be set beside {@code key}, or it makes no sense. */
  public static List<Key<?>> companions(Key<?> key, Scope scope) {
    List<String> names = COMPANIONS.getOrDefault(key.qualifiedName(), List.of());
    return Keys.of(scope).stream()
        .<Key<?>>map(one -> one)
        .filter(one -> names.contains(one.name()))
        .toList();
  }

  /** A valid value for {@code key}, other than its default where there is another. */
  public static String valid(Key<?> key) {
    String byName = BY_NAME.getOrDefault(key.name(), CHOICES.get(key.name()));
    String sample = byName == null ? BY_TYPE.get(key.type().name()) : byName;
    if (sample == null) {
      throw new AssertionError("no sample for " + key.name() + " of type " + key.type().name());
    }
    return sample;
  }

  /** Whether it names what a framework such as Spring Boot has to have. */
  public static boolean needsFramework(Key<?> key) {
    return key.equals(FluentdKeys.TLS_BUNDLE);
  }

  /** Whether this version does something with {@link #valid}. */
  public static <T> boolean supported(Key<T> key) {
    T value = key.type().parser().parse(valid(key));
    if (value == null) {
      throw new AssertionError("sample does not parse: " + key.name());
    }
    return !key.notYet().test(value);
  }
}

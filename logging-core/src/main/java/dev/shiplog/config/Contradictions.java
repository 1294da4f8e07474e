package dev.shiplog.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds settings that are valid each and make no sense together. What was not written contradicts
 * nothing: a default gives way.
 */
final class Contradictions {
  private static final String ZSTD = "/com/github/luben/zstd/ZstdCompressCtx.class";

  private final Draft draft;

  private Contradictions(Draft draft) {
    this.draft = draft;
  }

  static void find(Draft draft) {
    Contradictions contradictions = new Contradictions(draft);
    if (draft.scope() == Scope.FLUENTD) {
      contradictions.inForward();
      new SecurityContradictions(draft).find();
    } else if (draft.scope() == Scope.STDOUT) {
      contradictions.inStdout();
    }
    contradictions.inSchema();
  }

  /** The formats that are JSON alone have a shape and a time of their own. */
  private void inSchema() {
    Optional<String> schema = draft.value(Keys.SCHEMA).filter(SchemaName::isJsonOnly);
    if (schema.isPresent()) {
      String rule = "has no effect on schema " + schema.get();
      if (draft.value(Keys.NESTED).filter(nested -> nested).isPresent()) {
        draft.reject(Keys.NESTED, rule + ", whose shape is its own");
      }
      draft.reject(Keys.TIMESTAMP_FIELD, rule + ", whose timestamp has its name");
    }
  }

  private void inForward() {
    if (draft.value(Keys.SCHEMA).filter(SchemaName::isJsonOnly).isPresent()) {
      draft.reject(Keys.SCHEMA, "is JSON alone and cannot be forwarded");
    }
    notAbove(FluentdKeys.RETRY_INITIAL, FluentdKeys.RETRY_MAX);
    notAbove(FluentdKeys.CHUNK_MAX_BYTES, FluentdKeys.BUFFER_MAX_BYTES);
    notAbove(Keys.MAX_EVENT_BYTES, FluentdKeys.CHUNK_MAX_BYTES);
    notAbove(FluentdKeys.CHUNK_MAX_BYTES, FluentdKeys.SPOOL_MAX_BYTES);
    needs(FluentdKeys.SPOOL_MAX_BYTES, FluentdKeys.SPOOL_DIR);
    needs(FluentdKeys.SPOOL_MAX_AGE, FluentdKeys.SPOOL_DIR);
    needs(FluentdKeys.SPOOL_SYNC, FluentdKeys.SPOOL_DIR);
    if (!draft.isSet(FluentdKeys.SPOOL_DIR)) {
      needs(FluentdKeys.DEAD_LETTER_MAX_BYTES, FluentdKeys.DEAD_LETTER_DIR);
    }
    beyondFluency();
    zstdIsThere();
  }

  private void inStdout() {
    if (draft.value(StdoutKeys.ASYNC).filter(async -> async).isEmpty()) {
      String rule = "has no effect unless stdout.async is true";
      draft.reject(StdoutKeys.BUFFER_BYTES, rule);
      draft.reject(StdoutKeys.OVERFLOW, rule);
    }
  }

  /** A library that only some applications have. */
  private void zstdIsThere() {
    if (draft.value(FluentdKeys.COMPRESSION).filter(Choice.Compression.ZSTD::equals).isPresent()
        && Contradictions.class.getResource(ZSTD) == null) {
      draft.reject(FluentdKeys.COMPRESSION, "needs com.github.luben:zstd-jni on the class path");
    }
  }

  /** What Fluency's senders cannot do; the built-in transport can, and takes their place. */
  private void beyondFluency() {
    if (draft.value(FluentdKeys.TRANSPORT).filter(Choice.Transport.FLUENCY::equals).isEmpty()) {
      return;
    }
    List<String> beyond = new ArrayList<>();
    if (draft.values(FluentdKeys.ENDPOINT).stream().anyMatch(Endpoint.Unix.class::isInstance)) {
      beyond.add("unix:// endpoints");
    }
    if (draft
        .value(FluentdKeys.COMPRESSION)
        .filter(one -> one != Choice.Compression.NONE)
        .isPresent()) {
      beyond.add("compression");
    }
    if (FluentdKeys.ALL.stream().filter(this::isTls).anyMatch(this::isOn)) {
      beyond.add("tls.*");
    }
    if (FluentdKeys.ALL.stream().filter(this::isAuth).anyMatch(this::isOn)) {
      beyond.add("auth.*");
    }
    if (!beyond.isEmpty()) {
      draft.reject(FluentdKeys.TRANSPORT, "cannot do " + String.join(", ", beyond));
    }
  }

  private boolean isAuth(Key<?> key) {
    return key.name().startsWith("auth.");
  }

  private boolean isOn(Key<?> key) {
    return draft.isSet(key) && !draft.value(key).filter(Boolean.FALSE::equals).isPresent();
  }

  private boolean isTls(Key<?> key) {
    return key.name().startsWith("tls.");
  }

  private <T extends Comparable<T>> void notAbove(Key<T> low, Key<T> high) {
    if (draft.isSet(low)
        && draft.isSet(high)
        && draft.value(low).orElseThrow().compareTo(draft.value(high).orElseThrow()) > 0) {
      String rule = "must not exceed " + high.qualifiedName() + ", " + draft.text(high);
      draft.reject(low, rule);
      draft.reject(high, "must not be less than " + low.qualifiedName());
    }
  }

  private void needs(Key<?> key, Key<?> other) {
    if (draft.isSet(key) && !draft.isSet(other)) {
      draft.reject(key, "makes no sense without " + other.qualifiedName());
    }
  }
}

package dev.shiplog.config;

import static dev.shiplog.config.FluentdKeys.AUTH_ALLOW_PLAINTEXT;
import static dev.shiplog.config.FluentdKeys.AUTH_PASSWORD;
import static dev.shiplog.config.FluentdKeys.AUTH_PASSWORD_FILE;
import static dev.shiplog.config.FluentdKeys.AUTH_SELF_HOSTNAME;
import static dev.shiplog.config.FluentdKeys.AUTH_SHARED_KEY;
import static dev.shiplog.config.FluentdKeys.AUTH_SHARED_KEY_FILE;
import static dev.shiplog.config.FluentdKeys.AUTH_USERNAME;
import static dev.shiplog.config.FluentdKeys.ENDPOINT;
import static dev.shiplog.config.FluentdKeys.TLS_BUNDLE;
import static dev.shiplog.config.FluentdKeys.TLS_CA;
import static dev.shiplog.config.FluentdKeys.TLS_CERT;
import static dev.shiplog.config.FluentdKeys.TLS_ENABLED;
import static dev.shiplog.config.FluentdKeys.TLS_KEY;
import static dev.shiplog.config.FluentdKeys.TLS_KEY_PASSWORD;
import static dev.shiplog.config.FluentdKeys.TLS_KEY_PASSWORD_FILE;

import java.util.List;
import java.util.stream.Stream;

/**
 * Finds what makes no sense together in {@code tls.*} and {@code auth.*}. Each of these closes: a
 * half of a setting is what is left where Logback skipped an empty element, or a variable was not
 * set, and must not count as "none".
 */
final class SecurityContradictions {
  private final Draft draft;

  SecurityContradictions(Draft draft) {
    this.draft = draft;
  }

  void find() {
    notBoth(TLS_KEY_PASSWORD, TLS_KEY_PASSWORD_FILE);
    notBoth(AUTH_SHARED_KEY, AUTH_SHARED_KEY_FILE);
    notBoth(AUTH_PASSWORD, AUTH_PASSWORD_FILE);
    tls();
    auth();
  }

  private void tls() {
    List.of(TLS_CA, TLS_CERT, TLS_KEY).forEach(file -> notBoth(TLS_BUNDLE, file));
    needs(TLS_CERT, TLS_KEY);
    needs(TLS_KEY, TLS_CERT);
    needs(TLS_KEY_PASSWORD, TLS_KEY);
    needs(TLS_KEY_PASSWORD_FILE, TLS_KEY);
    if (!draft.value(TLS_ENABLED).orElse(true) && Tls.keys(draft).count() > 1) {
      draft.reject(TLS_ENABLED, "contradicts the other tls keys, which turn TLS on");
    }
    if (Tls.isOn(draft)) {
      for (Endpoint endpoint : draft.values(ENDPOINT)) {
        if (endpoint instanceof Endpoint.Unix) {
          Tls.keys(draft).toList().forEach(key -> draft.reject(key, "is nothing for " + endpoint));
        }
      }
    }
  }

  private void auth() {
    needs(AUTH_PASSWORD, AUTH_USERNAME);
    needs(AUTH_PASSWORD_FILE, AUTH_USERNAME);
    needs(AUTH_USERNAME, AUTH_PASSWORD, AUTH_PASSWORD_FILE);
    needs(AUTH_USERNAME, AUTH_SHARED_KEY, AUTH_SHARED_KEY_FILE);
    needs(AUTH_SELF_HOSTNAME, AUTH_SHARED_KEY, AUTH_SHARED_KEY_FILE);
    needs(AUTH_ALLOW_PLAINTEXT, AUTH_SHARED_KEY, AUTH_SHARED_KEY_FILE);
    boolean open = draft.value(AUTH_ALLOW_PLAINTEXT).orElse(false) || Tls.isOn(draft);
    for (Endpoint endpoint : draft.values(ENDPOINT)) {
      if (!open && !endpoint.isOnThisMachine()) {
        String rule =
            "would be used with "
                + endpoint
                + " in the clear: set tls.ca or tls.enabled, or auth.allowPlaintext=true";
        draft.reject(AUTH_SHARED_KEY, rule);
        draft.reject(AUTH_SHARED_KEY_FILE, rule);
      }
    }
  }

  /** {@code key} makes no sense unless one of the others is set. */
  private void needs(Key<?> key, Key<?>... others) {
    if (draft.isSet(key) && Stream.of(others).noneMatch(draft::isSet)) {
      String names = String.join(" or ", Stream.of(others).map(Key::qualifiedName).toList());
      draft.reject(key, "makes no sense without " + names);
    }
  }

  private void notBoth(Key<?> key, Key<?> other) {
    if (draft.isSet(key) && draft.isSet(other)) {
      draft.reject(key, "stands beside " + other.qualifiedName() + ", which says the same");
    }
  }

  /** Which keys turn TLS on. */
  private static final class Tls {
    private Tls() {}

    static Stream<Key<?>> keys(Draft draft) {
      List<Key<?>> all = FluentdKeys.ALL;
      return all.stream().filter(key -> key.name().startsWith("tls.")).filter(draft::isSet);
    }

    static boolean isOn(Draft draft) {
      return draft.value(TLS_ENABLED).orElse(keys(draft).findAny().isPresent());
    }
  }
}

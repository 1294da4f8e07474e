package dev.shiplog;

import static dev.shiplog.config.FluentdKeys.AUTH_PASSWORD;
import static dev.shiplog.config.FluentdKeys.AUTH_PASSWORD_FILE;
import static dev.shiplog.config.FluentdKeys.AUTH_SELF_HOSTNAME;
import static dev.shiplog.config.FluentdKeys.AUTH_SHARED_KEY;
import static dev.shiplog.config.FluentdKeys.AUTH_SHARED_KEY_FILE;
import static dev.shiplog.config.FluentdKeys.AUTH_USERNAME;
import static dev.shiplog.config.FluentdKeys.TLS_CA;
import static dev.shiplog.config.FluentdKeys.TLS_CERT;
import static dev.shiplog.config.FluentdKeys.TLS_KEY;
import static dev.shiplog.config.FluentdKeys.TLS_KEY_PASSWORD;
import static dev.shiplog.config.FluentdKeys.TLS_KEY_PASSWORD_FILE;
import static dev.shiplog.config.FluentdKeys.TLS_VERIFY_HOSTNAME;

import dev.shiplog.config.Key;
import dev.shiplog.config.Keys;
import dev.shiplog.config.Problem;
import dev.shiplog.config.Settings;
import dev.shiplog.metadata.Metadata;
import dev.shiplog.status.Status;
import dev.shiplog.transport.Credentials;
import dev.shiplog.transport.Secret;
import dev.shiplog.transport.Security;
import dev.shiplog.transport.TlsSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * From {@code tls.*} and {@code auth.*} to what secures connections. Files are read at once, so
 * that what is wrong with them is told at start; until they are right no connection is opened.
 */
final class ForwardSecurity {
  private final Settings settings;

  ForwardSecurity(Settings settings) {
    this.settings = settings;
  }

  Security security(Metadata metadata, Status status) {
    Security security = new Security(settings.usesTls() ? tls() : null, credentials(metadata));
    for (Security.Wrong wrong : security.check()) {
      status.error(problem(wrong).toString(), null);
    }
    return security;
  }

  private Problem problem(Security.Wrong wrong) {
    String source =
        Keys.of(settings.scope()).stream()
            .filter(key -> key.name().equals(wrong.key()))
            .map(settings::source)
            .findFirst()
            .orElse("default");
    return Problem.closing("fluentd." + wrong.key(), wrong.file().toString(), wrong.what(), source);
  }

  private TlsSettings tls() {
    return settings
        .tlsBundle()
        .map(bundle -> new TlsSettings.Held(bundle.keys(), bundle.authorities()))
        .map(held -> TlsSettings.holding(held, settings.get(TLS_VERIFY_HOSTNAME)))
        .orElseGet(this::tlsOfFiles);
  }

  private TlsSettings tlsOfFiles() {
    return new TlsSettings(
        path(TLS_CA),
        path(TLS_CERT),
        path(TLS_KEY),
        secret(TLS_KEY_PASSWORD, TLS_KEY_PASSWORD_FILE),
        settings.get(TLS_VERIFY_HOSTNAME));
  }

  private @Nullable Credentials credentials(Metadata metadata) {
    Secret key = secret(AUTH_SHARED_KEY, AUTH_SHARED_KEY_FILE);
    if (key == null) {
      return null;
    }
    String self =
        settings
            .find(AUTH_SELF_HOSTNAME)
            .or(() -> metadata.text("host.name"))
            .or(metadata::serviceInstance)
            .orElse("shiplog");
    return new Credentials(
        self,
        key,
        settings.find(AUTH_USERNAME).orElse(null),
        secret(AUTH_PASSWORD, AUTH_PASSWORD_FILE));
  }

  private @Nullable Secret secret(Key<String> text, Key<String> file) {
    Path path = path(file);
    return path != null ? Secret.in(path) : settings.find(text).map(Secret::of).orElse(null);
  }

  private @Nullable Path path(Key<String> key) {
    return settings.find(key).map(Path::of).orElse(null);
  }
}

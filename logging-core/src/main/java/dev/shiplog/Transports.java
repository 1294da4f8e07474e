package dev.shiplog;

import dev.shiplog.config.Choice;
import dev.shiplog.config.FluentdKeys;
import dev.shiplog.config.Settings;
import dev.shiplog.status.Status;
import dev.shiplog.transport.TransportProvider;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds the transport that the settings ask for, if that is not the built-in one. */
final class Transports {
  private final Settings settings;
  private final Status status;
  private final @Nullable ClassLoader loader;

  Transports(Settings settings, Status status, @Nullable ClassLoader loader) {
    this.settings = settings;
    this.status = status;
    this.loader = loader;
  }

  /** The provider asked for; none, and the operator is told why, where it is not there. */
  Optional<TransportProvider> find() {
    Choice.Transport wanted = settings.get(FluentdKeys.TRANSPORT);
    if (wanted == Choice.Transport.BUILTIN) {
      return Optional.empty();
    }
    String name = wanted.name().toLowerCase(Locale.ROOT);
    try {
      for (TransportProvider provider : ServiceLoader.load(TransportProvider.class, loader())) {
        if (provider.name().equals(name)) {
          return Optional.of(provider);
        }
      }
      missing(name, null);
    } catch (ServiceConfigurationError | LinkageError e) {
      missing(name, e);
    }
    return Optional.empty();
  }

  private @Nullable ClassLoader loader() {
    return loader == null ? Transports.class.getClassLoader() : loader;
  }

  /** Says that the built-in transport does the work: it reaches the same endpoints. */
  void missing(String name, @Nullable Throwable cause) {
    tell(name, "needs dev.shiplog:shiplog-" + name + " and what it depends on", cause);
  }

  /** Says the same where the provider has told why it cannot. */
  void refused(String name, RuntimeException cause) {
    tell(name, String.valueOf(cause.getMessage()), cause);
  }

  private void tell(String name, String reason, @Nullable Throwable cause) {
    status.error(
        FluentdKeys.TRANSPORT.qualifiedName()
            + ": "
            + name
            + ", "
            + reason
            + " ("
            + settings.source(FluentdKeys.TRANSPORT)
            + "); builtin is used",
        cause);
  }
}

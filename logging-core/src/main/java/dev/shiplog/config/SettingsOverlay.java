package dev.shiplog.config;

import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Settings of an environment that the application's framework has, such as Spring's. Where there is
 * one it stands in place of system properties and environment variables, which it has read itself,
 * and beats the logging configuration file. Found by {@link ServiceLoader}.
 */
@FunctionalInterface
public interface SettingsOverlay {
  /**
   * What the environment says of one appender, encoder or layout.
   *
   * @param context the logging framework's
   * @param name the appender's; empty if it has none
   * @param prefix the namespace that its file gives it; null if that is its kind's
   * @return null if the context does not belong to such an environment
   */
  @Nullable FileValues over(Object context, Scope scope, String name, @Nullable String prefix);

  /**
   * The keys and authorities that the environment has under a name, for {@code tls.bundle}.
   *
   * @return null if there are none of that name
   * @throws RuntimeException if they cannot be read
   */
  default @Nullable TlsBundle tlsBundle(Object context, String name) {
    return null;
  }
}

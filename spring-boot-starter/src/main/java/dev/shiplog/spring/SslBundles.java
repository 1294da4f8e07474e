package dev.shiplog.spring;

import dev.shiplog.config.TlsBundle;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ssl.JksSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The SSL bundles of {@code spring.ssl.bundle.*}. Logging starts before there are beans: what they
 * will be made of is read here once more, by what makes them. A bundle that the application
 * registers itself is not among them. For one thread.
 */
final class SslBundles {
  private static final String PLACE = "spring.ssl.bundle.";

  private final Binder binder;

  SslBundles(ConfigurableEnvironment environment) {
    this.binder = Binder.get(environment);
  }

  /** What {@code name} has, or null if there is no such bundle. */
  @Nullable TlsBundle named(String name) {
    PemSslBundleProperties pem = all("pem", PemSslBundleProperties.class).get(name);
    if (pem != null) {
      return bundle(PropertiesSslBundle.get(pem));
    }
    JksSslBundleProperties jks = all("jks", JksSslBundleProperties.class).get(name);
    return jks == null ? null : bundle(PropertiesSslBundle.get(jks));
  }

  private <T> Map<String, T> all(String kind, Class<T> type) {
    return binder.bind(PLACE + kind, Bindable.mapOf(String.class, type)).orElse(Map.of());
  }

  private static TlsBundle bundle(SslBundle bundle) {
    SslManagerBundle managers = bundle.getManagers();
    return new TlsBundle(
        List.of(managers.getKeyManagers()),
        List.of(managers.getTrustManagers()),
        BundleDigest.of(bundle));
  }
}

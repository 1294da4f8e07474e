package dev.shiplog.config;

import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The overlay that knows a logging context, and what it says.
 *
 * @param overlay null if none does
 * @param context null if there is none
 */
record Outside(@Nullable SettingsOverlay overlay, @Nullable Object context, FileValues values) {

  /** No overlay. */
  static Outside none() {
    return new Outside(null, null, new FileValues("overlay"));
  }

  /** The first overlay among those that {@code loader} finds to know {@code context}. */
  static Outside find(
      Object context, Scope scope, String name, @Nullable String prefix, ClassLoader loader) {
    for (SettingsOverlay overlay : ServiceLoader.load(SettingsOverlay.class, loader)) {
      FileValues values = overlay.over(context, scope, name, prefix);
      if (values != null) {
        return new Outside(overlay, context, values);
      }
    }
    return none();
  }

  boolean isKnown() {
    return overlay != null;
  }

  /** What {@code tls.bundle} names, or null after a problem was noted. */
  @Nullable TlsBundle tlsBundle(Draft draft) {
    String name = draft.value(FluentdKeys.TLS_BUNDLE).orElse(null);
    if (name == null) {
      return null;
    }
    if (overlay == null || context == null) {
      draft.reject(
          FluentdKeys.TLS_BUNDLE, "needs a framework that has bundles, such as Spring Boot");
      return null;
    }
    try {
      TlsBundle bundle = overlay.tlsBundle(context, name);
      if (bundle == null) {
        draft.reject(FluentdKeys.TLS_BUNDLE, "names no bundle that there is");
      }
      return bundle;
    } catch (RuntimeException e) {
      // its message may show what only looked like the name of a file
      draft.reject(FluentdKeys.TLS_BUNDLE, "cannot be used: " + deepest(e).getClass().getName());
      return null;
    }
  }

  private static Throwable deepest(Throwable thrown) {
    Throwable deepest = thrown;
    while (deepest.getCause() != null && deepest.getCause() != deepest) {
      deepest = deepest.getCause();
    }
    return deepest;
  }
}

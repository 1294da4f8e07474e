package dev.shiplog.spring;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;

/**
 * Tells Spring's ahead-of-time processing what a native image of an application must keep for the
 * starter: where {@link SpringOverlay} finds the environment, and the files that are looked up. Of
 * the rest Spring knows by itself, or the other modules' own metadata tell.
 */
public final class ShiplogRuntimeHints implements RuntimeHintsRegistrar {
  /** The contexts of Logback and Log4j 2. */
  private static final String[] CONTEXTS = {
    "ch.qos.logback.classic.LoggerContext", "org.apache.logging.log4j.core.LoggerContext"
  };

  /** For Spring. */
  public ShiplogRuntimeHints() {}

  @Override
  public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
    for (String name : CONTEXTS) {
      if (ClassUtils.isPresent(name, classLoader)) {
        Class<?> context = ClassUtils.resolveClassName(name, classLoader);
        hints.reflection().registerType(context);
        // which it may have inherited
        Method getObject = ClassUtils.getMethod(context, "getObject", String.class);
        hints.reflection().registerMethod(getObject, ExecutableMode.INVOKE);
      }
    }
    hints
        .resources()
        .registerPattern("dev/shiplog/spring/logback-appenders.xml")
        .registerPattern("META-INF/build-info.properties")
        .registerPattern("git.properties");
  }
}

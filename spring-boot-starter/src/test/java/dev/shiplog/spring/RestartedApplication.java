package dev.shiplog.spring;

import dev.shiplog.Shiplog;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Configuration;

/** Restarts itself some times, and then tells on stdout what the restarts have left. */
@Configuration(proxyBeanMethods = false)
class RestartedApplication {
  static final String TELL = "after the restarts: ";
  static final int ROUNDS = 4;

  private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

  /** Called by devtools once for each round, with the classes of that round. */
  public static void main(String[] args) {
    SpringApplication application = new SpringApplication(RestartedApplication.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    application.run(args); // the first time, devtools ends the thread here, and begins anew
    List<WeakReference<ClassLoader>> loaders = loaders();
    LoggerFactory.getLogger(RestartedApplication.class).info("round {}", loaders.size());
    loaders.add(new WeakReference<>(RestartedApplication.class.getClassLoader()));
    Thread next =
        new Thread(
            loaders.size() < ROUNDS ? RestartedApplication::restart : RestartedApplication::end);
    next.setContextClassLoader(ClassLoader.getSystemClassLoader());
    next.start();
    tell("threads " + threads());
  }

  /** What must outlive the classes is kept where they are not. */
  @SuppressWarnings("unchecked")
  private static List<WeakReference<ClassLoader>> loaders() {
    return (List<WeakReference<ClassLoader>>)
        System.getProperties()
            .computeIfAbsent(TELL, unused -> new ArrayList<WeakReference<ClassLoader>>());
  }

  /** Those of shiplog that stay. */
  private static Set<String> threads() {
    Set<String> names = new TreeSet<>();
    await(
        () -> {
          names.clear();
          for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("shiplog-")) {
              names.add(thread.getName());
            }
          }
          return names.size() == 1;
        });
    return names;
  }

  /** Devtools is on the class path of this process alone. */
  private static void restart() {
    try {
      Class<?> restarter = Class.forName("org.springframework.boot.devtools.restart.Restarter");
      Object instance = restarter.getMethod("getInstance").invoke(null);
      restarter.getMethod("restart").invoke(instance);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("devtools", e);
    }
  }

  private static void end() {
    Shiplog.drain(Duration.ofSeconds(10));
    await(
        () -> {
          System.gc();
          return left() == 0;
        });
    tell("class loaders left " + left());
    System.exit(0);
  }

  /** All but the one that runs, and the first, which Spring Boot's own shutdown hook keeps. */
  private static long left() {
    return loaders().subList(1, ROUNDS - 1).stream().filter(loader -> loader.get() != null).count();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean() && System.nanoTime() - deadline < 0) {
      Thread.onSpinWait();
    }
  }

  private static void tell(String what) {
    System.out.println(TELL + what);
  }
}

package dev.shiplog.capture;

/** A way in which a JVM says something besides its logging. */
public enum Source {
  SYSTEM_OUT("systemOut"),
  SYSTEM_ERR("systemErr"),
  UNCAUGHT("uncaught"),
  JUL("jul");

  private final String name;

  Source(String name) {
    this.name = name;
  }

  /** The key that switches it on, as messages print it. */
  String key() {
    return "stdout.capture." + name;
  }
}

package dev.shiplog.stdout;

/** What stands for a part of an event that cannot be had. */
final class Unrepresentable {
  private Unrepresentable() {}

  /** Names what a user's code threw; throws on what nobody must swallow. */
  static String text(Throwable failure) {
    if (failure instanceof OutOfMemoryError error) {
      throw error;
    }
    // by its name: it is going from the JDK
    if (failure instanceof Error error
        && error.getClass().getName().equals("java.lang.ThreadDeath")) {
      throw error;
    }
    return "<unrepresentable: " + failure.getClass().getName() + ">";
  }
}

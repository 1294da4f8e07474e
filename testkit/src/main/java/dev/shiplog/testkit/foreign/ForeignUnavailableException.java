package dev.shiplog.testkit.foreign;

/** Why a foreign endpoint cannot run on this machine. */
final class ForeignUnavailableException extends Exception {
  private static final long serialVersionUID = 1;

  ForeignUnavailableException(String why) {
    super(why);
  }
}

package dev.shiplog.transport.pem;

/** What is wrong with a PEM file, in words for the operator: never what stands in it. */
public final class PemException extends Exception {
  private static final long serialVersionUID = 1;

  /** The message goes on after the file's name: {@code holds no certificate}. */
  public PemException(String what) {
    super(what);
  }
}

package dev.shiplog.transport;

import java.io.IOException;

/** A connection that must not be used, or files without which none may be made. */
final class SecurityFailure extends IOException {
  private static final long serialVersionUID = 1;

  private final Fault fault;

  SecurityFailure(Fault fault, String detail) {
    super(detail);
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }
}

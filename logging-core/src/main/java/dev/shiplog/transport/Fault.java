package dev.shiplog.transport;

/** Why a connection did not come about or was given up. */
public enum Fault {
  /** The host name leads to no address, or not in time. */
  UNRESOLVED,
  /** None of the addresses took the connection. */
  UNREACHABLE,
  /** The endpoint closed or reset the connection while chunks were under way. */
  CLOSED,
  /** A chunk could not be written within its deadline. */
  WRITE_TIMEOUT,
  /** Nothing was acknowledged within the deadline. */
  ACK_TIMEOUT,
  /** The endpoint acknowledged a chunk that it was never sent. */
  UNKNOWN_ACK,
  /** The endpoint answered with something else than an acknowledgement. */
  GARBAGE,
  /** The endpoint asks for a shared key, or for a user, and none is set. */
  KEY_EXPECTED,
  /** A shared key is set, and the endpoint does not ask for it. */
  NO_HELO,
  /** The endpoint does not take our shared key, user or password. */
  KEY_REFUSED,
  /** The endpoint does not prove that it has the shared key. */
  ENDPOINT_UNPROVEN,
  /** The endpoint's certificate is outside of its dates. */
  CERTIFICATE_EXPIRED,
  /** The endpoint's certificate leads to no authority that is trusted. */
  CERTIFICATE_UNTRUSTED,
  /** The endpoint's certificate is for another host. */
  WRONG_HOST,
  /** TLS does not come about, or broke, for another reason. */
  TLS,
  /** A file that TLS or the handshake needs is missing or wrong; nothing was opened. */
  SECURITY_FILE;

  /** Whether it lasts until somebody does something about it, so that haste is of no use. */
  public boolean isLasting() {
    return switch (this) {
      case KEY_EXPECTED,
          KEY_REFUSED,
          ENDPOINT_UNPROVEN,
          CERTIFICATE_EXPIRED,
          CERTIFICATE_UNTRUSTED,
          WRONG_HOST,
          SECURITY_FILE ->
          true;
      default -> false;
    };
  }
}

package dev.shiplog.transport;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How we prove who we are in the forward protocol's handshake. Immutable.
 *
 * @param selfHostname what we call ourselves
 * @param sharedKey that the endpoint has too
 * @param username null where the endpoint is expected to ask for none
 * @param password the user's; null if there is no user
 */
public record Credentials(
    String selfHostname, Secret sharedKey, @Nullable String username, @Nullable Secret password) {

  /** The longest field of a PING that Fluent Bit takes, in bytes. */
  public static final int MAX_FIELD_BYTES = 1023;

  public Credentials {
    Objects.requireNonNull(sharedKey);
  }

  /** Only the key. */
  public static Credentials key(String selfHostname, Secret sharedKey) {
    return new Credentials(selfHostname, sharedKey, null, null);
  }
}

package dev.shiplog.transport;

import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What TLS is to be like. The files are PEM and read again when they change.
 *
 * @param ca the authorities that are trusted; null for those of the JVM
 * @param cert our certificate and what is between it and its authority; null if we have none
 * @param key our private key; null if we have none
 * @param keyPassword what opens the key; null if it is open
 * @param verifyHostname whether the endpoint's certificate must name its host
 * @param held what somebody else has read in place of files; null for the files
 */
public record TlsSettings(
    @Nullable Path ca,
    @Nullable Path cert,
    @Nullable Path key,
    @Nullable Secret keyPassword,
    boolean verifyHostname,
    @Nullable Held held) {

  /** Keys and authorities that are there already. */
  public record Held(List<KeyManager> keys, List<TrustManager> authorities) {
    /** Copies both. */
    public Held {
      keys = List.copyOf(keys);
      authorities = List.copyOf(authorities);
    }
  }

  /** Of files. */
  public TlsSettings(
      @Nullable Path ca,
      @Nullable Path cert,
      @Nullable Path key,
      @Nullable Secret keyPassword,
      boolean verifyHostname) {
    this(ca, cert, key, keyPassword, verifyHostname, null);
  }

  /** Of what somebody else has read. */
  public static TlsSettings holding(Held held, boolean verifyHostname) {
    return new TlsSettings(null, null, null, null, verifyHostname, held);
  }

  /** Trusts these authorities, and verifies the host's name. */
  public static TlsSettings trusting(@Nullable Path ca) {
    return new TlsSettings(ca, null, null, null, true);
  }
}

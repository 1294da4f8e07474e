package dev.shiplog.config;

import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Keys and authorities that the application's framework holds, in place of PEM files. Two are equal
 * if their digests are: managers that were made of the same keys are not.
 *
 * @param keys none if we have no certificate
 * @param digest of all keys and certificates, the same for the same ones alone
 */
public record TlsBundle(List<KeyManager> keys, List<TrustManager> authorities, String digest) {
  public TlsBundle {
    keys = List.copyOf(keys);
    authorities = List.copyOf(authorities);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TlsBundle that && digest.equals(that.digest);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  /** Says how many, never what. */
  @Override
  public String toString() {
    return keys.size() + " key managers, " + authorities.size() + " trust managers";
  }
}

package dev.shiplog.config;

import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;

/**
 * Keys and authorities that the application's framework holds, in place of PEM files.
 *
 * @param keys none if we have no certificate
 */
public record TlsBundle(List<KeyManager> keys, List<TrustManager> authorities) {
  public TlsBundle {
    keys = List.copyOf(keys);
    authorities = List.copyOf(authorities);
  }
}

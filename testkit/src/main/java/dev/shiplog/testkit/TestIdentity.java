package dev.shiplog.testkit;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A private key and the certificates that go with it, for one test. Immutable. */
public final class TestIdentity {
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private final PrivateKey key;
  private final List<X509Certificate> chain;

  TestIdentity(PrivateKey key, List<X509Certificate> chain) {
    this.key = key;
    this.chain = List.copyOf(chain);
  }

  /** The certificate and its authority's, as PEM. */
  public String certificatePem() {
    return pem(chain);
  }

  /** The private key as PEM, PKCS#8, open. */
  public String keyPem() {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  /** A server's context with this identity; {@code trusted} signs its clients' if there is one. */
  public SSLContext server(@Nullable TestAuthority trusted) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      char[] once = new char[0];
      store.setKeyEntry("key", key, once, chain.toArray(X509Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, once);
      KeyStore others = KeyStore.getInstance("PKCS12");
      others.load(null, null);
      if (trusted != null) {
        others.setCertificateEntry("ca", trusted.certificate());
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(others);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trusted == null ? null : trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("no context", e);
    }
  }

  static String pem(List<X509Certificate> certificates) {
    StringBuilder pem = new StringBuilder();
    try {
      for (X509Certificate certificate : certificates) {
        pem.append(pem("CERTIFICATE", certificate.getEncoded()));
      }
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("no certificate", e);
    }
    return pem.toString();
  }

  private static String pem(String type, byte[] der) {
    String frame = "-----%s " + type + "-----\n";
    return frame.formatted("BEGIN") + LINES.encodeToString(der) + "\n" + frame.formatted("END");
  }
}

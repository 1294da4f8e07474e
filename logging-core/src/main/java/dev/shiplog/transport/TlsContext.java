package dev.shiplog.transport;

import dev.shiplog.transport.pem.Pem;
import dev.shiplog.transport.pem.PemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Makes TLS engines from PEM files, and reads the files again when they changed. Files that are
 * wrong then leave what was good before in use. Not safe for several threads.
 */
final class TlsContext {
  private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  private final TlsSettings settings;
  private List<FileStamp> stamps = List.of();
  private @Nullable SSLContext context;
  private @Nullable WrongFile wrong;

  /** Which setting's file is wrong. */
  record WrongFile(String key, Path file, String what) {}

  TlsContext(TlsSettings settings) {
    this.settings = settings;
  }

  /** Reads the files if they changed since the last time; returns what is wrong with them. */
  @Nullable WrongFile refresh() {
    Secret password = settings.keyPassword();
    List<FileStamp> seen =
        FileStamp.of(
            settings.ca(),
            settings.cert(),
            settings.key(),
            password == null ? null : password.file());
    // what was wrong may be right without a sign of it, such as after a chmod
    if (context == null || wrong != null || !seen.equals(stamps)) {
      stamps = seen;
      wrong = read();
    }
    return wrong;
  }

  /** Whether there is something to make engines with, of these files or of earlier ones. */
  boolean isReady() {
    return context != null;
  }

  /** A client's engine; only if {@link #isReady()}. */
  SSLEngine engine(String host, int port) {
    SSLContext ready = context;
    if (ready == null) {
      throw new IllegalStateException("not ready");
    }
    // the host is what its certificate is compared with, its SNI and the name of its session
    SSLEngine engine = ready.createSSLEngine(host, port);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(
        Stream.of(engine.getSupportedProtocols())
            .filter(PROTOCOLS::contains)
            .toArray(String[]::new));
    parameters.setServerNames(serverNames(host));
    if (settings.verifyHostname()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** Names are sent even if they have no dot, as in a Docker network: the JDK would send none. */
  private static List<SNIServerName> serverNames(String host) {
    boolean address = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    try {
      return address ? List.of() : List.of(new SNIHostName(host));
    } catch (IllegalArgumentException e) {
      return List.of(); // such as one with an underscore, which is no name for TLS
    }
  }

  private @Nullable WrongFile read() {
    try {
      SSLContext fresh = SSLContext.getInstance("TLS");
      fresh.init(keyManagers(), new TrustManager[] {new PeerCheck(trust())}, null);
      context = fresh;
      return null;
    } catch (Wrong e) {
      return e.file;
    } catch (GeneralSecurityException | IOException e) {
      String what = "cannot be used: " + e.getClass().getSimpleName();
      if (settings.held() != null) {
        return new WrongFile("tls.bundle", Path.of("(the bundle's)"), what);
      }
      Path file = settings.ca() == null ? Path.of("(the JVM's)") : settings.ca();
      return new WrongFile("tls.ca", file, what);
    }
  }

  private X509ExtendedTrustManager trust() throws Wrong, GeneralSecurityException, IOException {
    TlsSettings.Held held = settings.held();
    if (held != null) {
      return extended(held.authorities());
    }
    KeyStore authorities = null; // those of the JVM
    Path file = settings.ca();
    if (file != null) {
      authorities = emptyStore();
      try {
        for (X509Certificate certificate : Pem.certificates(file)) {
          authorities.setCertificateEntry("ca" + authorities.size(), certificate);
        }
      } catch (PemException e) {
        throw new Wrong("tls.ca", file, e);
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    return extended(List.of(factory.getTrustManagers()));
  }

  private static X509ExtendedTrustManager extended(List<TrustManager> managers)
      throws GeneralSecurityException {
    for (TrustManager manager : managers) {
      if (manager instanceof X509ExtendedTrustManager trust) {
        return trust;
      }
    }
    throw new GeneralSecurityException("no trust manager");
  }

  private KeyManager @Nullable [] keyManagers()
      throws Wrong, GeneralSecurityException, IOException {
    TlsSettings.Held held = settings.held();
    if (held != null) {
      return held.keys().toArray(KeyManager[]::new);
    }
    Path certFile = settings.cert();
    Path keyFile = settings.key();
    if (certFile == null || keyFile == null) {
      return null;
    }
    X509Certificate[] chain;
    try {
      chain = Pem.certificates(certFile).toArray(X509Certificate[]::new);
    } catch (PemException e) {
      throw new Wrong("tls.cert", certFile, e);
    }
    PrivateKey key = key(keyFile);
    String unfit = KeyPairs.misfit(key, chain[0].getPublicKey());
    if (unfit != null) {
      throw new Wrong("tls.key", keyFile, new PemException(unfit));
    }
    KeyStore store = emptyStore();
    char[] once = new char[0];
    store.setKeyEntry("key", key, once, chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, once);
    return factory.getKeyManagers();
  }

  private PrivateKey key(Path file) throws Wrong {
    char[] password = password();
    try {
      return Pem.privateKey(file, password);
    } catch (PemException e) {
      throw new Wrong("tls.key", file, e);
    } finally {
      if (password != null) {
        Arrays.fill(password, '\0');
      }
    }
  }

  private char @Nullable [] password() throws Wrong {
    Secret secret = settings.keyPassword();
    if (secret == null) {
      return null;
    }
    try {
      return new String(secret.bytes(), StandardCharsets.UTF_8).toCharArray();
    } catch (PemException e) {
      Path file = secret.file();
      throw new Wrong("tls.keyPasswordFile", file == null ? Path.of("") : file, e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    return store;
  }

  /** Carries a wrong file out of the reading. */
  private static final class Wrong extends Exception {
    private static final long serialVersionUID = 1;

    private final transient WrongFile file;

    Wrong(String key, Path file, PemException what) {
      super(what);
      this.file = new WrongFile(key, file, String.valueOf(what.getMessage()));
    }
  }
}

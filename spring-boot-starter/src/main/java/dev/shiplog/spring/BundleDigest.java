package dev.shiplog.spring;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;

/** The SHA-256 of the keys and certificates of a bundle. For one thread. */
final class BundleDigest {
  private final MessageDigest sha256;
  private final DataOutputStream out;

  private BundleDigest() throws GeneralSecurityException {
    sha256 = MessageDigest.getInstance("SHA-256");
    out = new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
  }

  /**
   * That of {@code bundle}, the same for the same material alone.
   *
   * @throws IllegalStateException if it cannot be read
   */
  static String of(SslBundle bundle) {
    SslStoreBundle stores = bundle.getStores();
    String ofKeys = bundle.getKey().getPassword();
    String password = ofKeys == null ? stores.getKeyStorePassword() : ofKeys;
    try {
      BundleDigest digest = new BundleDigest();
      digest.out.writeUTF(Objects.requireNonNullElse(bundle.getKey().getAlias(), ""));
      digest.add(stores.getKeyStore(), password);
      digest.add(stores.getTrustStore(), null);
      return HexFormat.of().formatHex(digest.sha256.digest());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void add(@Nullable KeyStore store, @Nullable String password)
      throws GeneralSecurityException, IOException {
    if (store == null) {
      out.writeInt(-1);
      return;
    }
    List<String> aliases = Collections.list(store.aliases());
    Collections.sort(aliases);
    out.writeInt(aliases.size());
    for (String alias : aliases) {
      out.writeUTF(alias);
      add(key(store, alias, password));
      Certificate[] chain = store.getCertificateChain(alias);
      for (Certificate one :
          chain == null ? new Certificate[] {store.getCertificate(alias)} : chain) {
        add(one == null ? null : one.getEncoded());
      }
    }
  }

  private void add(byte @Nullable [] bytes) throws IOException {
    out.writeInt(bytes == null ? -1 : bytes.length);
    out.write(bytes == null ? new byte[0] : bytes);
  }

  /** Null where there is none that can be had; its certificate tells such keys apart. */
  private static byte @Nullable [] key(KeyStore store, String alias, @Nullable String password)
      throws GeneralSecurityException {
    try {
      Key key = store.getKey(alias, password == null ? null : password.toCharArray());
      return key == null ? null : key.getEncoded();
    } catch (UnrecoverableKeyException e) {
      return null;
    }
  }
}

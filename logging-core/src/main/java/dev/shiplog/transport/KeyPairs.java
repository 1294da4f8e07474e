package dev.shiplog.transport;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import org.jspecify.annotations.Nullable;

/** Whether a private key can stand for a certificate in TLS. */
final class KeyPairs {
  private static final byte[] SAMPLE = {1, 2, 3};

  private KeyPairs() {}

  /** What hinders it, in words that go on after the key file's name; null if nothing does. */
  static @Nullable String misfit(PrivateKey key, PublicKey certified) {
    String scheme =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> null;
        };
    if (scheme == null) {
      return "holds a key of type "
          + key.getAlgorithm()
          + ", which TLS of this JVM cannot use: RSA and EC keys can be";
    }
    try {
      Signature signature = Signature.getInstance(scheme);
      signature.initSign(key);
      signature.update(SAMPLE);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(SAMPLE);
      return signature.verify(signed) ? null : "does not belong to the certificate of tls.cert";
    } catch (GeneralSecurityException e) {
      return "does not belong to the certificate of tls.cert";
    }
  }
}

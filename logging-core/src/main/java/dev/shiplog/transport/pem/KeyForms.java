package dev.shiplog.transport.pem;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** The forms in which OpenSSL and others write private keys. */
final class KeyForms {
  /** What makes any key one that is read here. */
  static final String CONVERT =
      "; convert it with: openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD -out NEW";

  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");

  private KeyForms() {}

  static PrivateKey key(PemBlock block, char @Nullable [] password) throws PemException {
    return switch (block.type()) {
      case "PRIVATE KEY" -> pkcs8(block.der());
      case "ENCRYPTED PRIVATE KEY" -> pkcs8(decrypted(block.der(), password));
      case "RSA PRIVATE KEY" -> pkcs8(Der.pkcs8FromPkcs1(LegacyKeys.open(block, password)));
      case "EC PRIVATE KEY" -> pkcs8(Der.pkcs8FromSec1(LegacyKeys.open(block, password)));
      default -> throw new PemException("holds a private key in a form not known here" + CONVERT);
    };
  }

  private static PrivateKey pkcs8(byte[] der) throws PemException {
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(der);
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        // a key of another algorithm, if of any
      } catch (GeneralSecurityException e) {
        // this JVM does not have the algorithm
      }
    }
    throw new PemException(
        "holds a private key that is damaged, or whose algorithm or curve this JVM does not know");
  }

  private static byte[] decrypted(byte[] der, char @Nullable [] password) throws PemException {
    char[] given = needed(password);
    PBEKeySpec spec = new PBEKeySpec(given);
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
      // PBES2 is a frame: what is in it, such as PBEWithHmacSHA256AndAES_256, only they tell
      String scheme =
          info.getAlgParameters() == null ? "" : String.valueOf(info.getAlgParameters());
      String name = scheme.startsWith("PBEWith") ? scheme : info.getAlgName();
      Cipher cipher = Cipher.getInstance(name);
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(name).generateSecret(spec),
          info.getAlgParameters());
      return info.getKeySpec(cipher).getEncoded();
    } catch (InvalidKeyException | InvalidKeySpecException e) {
      throw new PemException("holds a private key that the password does not open");
    } catch (GeneralSecurityException | IOException e) {
      throw new PemException("holds a private key, encrypted in a way not known here" + CONVERT);
    } finally {
      spec.clearPassword();
    }
  }

  static char[] needed(char @Nullable [] password) throws PemException {
    if (password == null) {
      throw new PemException("holds an encrypted private key, and no password is set");
    }
    return password;
  }
}

package dev.shiplog.transport.pem;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The encryption of OpenSSL before PKCS#8: headers name cipher and IV, the key is stretched from
 * the password by MD5, once. Old files have it; new ones should not.
 */
final class LegacyKeys {
  private static final int SALT_BYTES = 8;

  private LegacyKeys() {}

  /** What a block holds, decrypted if its headers say that it is encrypted. */
  static byte[] open(PemBlock block, char @Nullable [] password) throws PemException {
    if (!block.header("Proc-Type").contains("ENCRYPTED")) {
      return block.der();
    }
    String[] info = block.header("DEK-Info").split(",", 2);
    char[] given = KeyForms.needed(password);
    try {
      byte[] iv = HexFormat.of().parseHex(info.length == 2 ? info[1].strip() : "");
      int keyBytes = keyBytes(info[0]);
      if (keyBytes == 0 || iv.length < SALT_BYTES) {
        throw unknown();
      }
      boolean aes = info[0].startsWith("AES");
      Cipher cipher = Cipher.getInstance(aes ? "AES/CBC/PKCS5Padding" : "DESede/CBC/PKCS5Padding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(stretched(given, iv, keyBytes), aes ? "AES" : "DESede"),
          new IvParameterSpec(iv));
      byte[] der = cipher.doFinal(block.der());
      if (der.length == 0 || der[0] != Der.SEQUENCE) {
        throw new PemException("holds a private key that the password does not open");
      }
      return der;
    } catch (BadPaddingException e) {
      throw new PemException("holds a private key that the password does not open");
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw unknown();
    }
  }

  private static PemException unknown() {
    return new PemException(
        "holds a private key, encrypted in a way not known here" + KeyForms.CONVERT);
  }

  private static int keyBytes(String cipher) {
    return switch (cipher) {
      case "AES-128-CBC" -> 16;
      case "AES-192-CBC", "DES-EDE3-CBC" -> 24;
      case "AES-256-CBC" -> 32;
      default -> 0;
    };
  }

  /** {@code D1 = MD5(password ‖ salt), D2 = MD5(D1 ‖ password ‖ salt), …}. */
  private static byte[] stretched(char[] password, byte[] salt, int length)
      throws GeneralSecurityException {
    byte[] encoded = new String(password).getBytes(StandardCharsets.UTF_8);
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    byte[] key = new byte[length];
    byte[] digest = new byte[0];
    for (int filled = 0; filled < length; filled += digest.length) {
      md5.update(digest);
      md5.update(encoded);
      md5.update(salt, 0, SALT_BYTES);
      digest = md5.digest();
      System.arraycopy(digest, 0, key, filled, Math.min(digest.length, length - filled));
    }
    return key;
  }
}

package dev.shiplog.transport.pem;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads PEM files. Holds nothing; safe for any thread. */
public final class Pem {
  /** The bundle of all public authorities has 230 KB. */
  private static final int MAX_BYTES = 4 << 20;

  private Pem() {}

  /** All certificates of a file, in order, at least one; other blocks are passed over. */
  public static List<X509Certificate> certificates(Path file) throws PemException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (PemBlock block : PemBlock.in(text(file))) {
      if (block.type().equals("CERTIFICATE") || block.type().equals("X509 CERTIFICATE")) {
        certificates.add(certificate(block, certificates.size() + 1));
      }
    }
    if (certificates.isEmpty()) {
      throw new PemException("holds no certificate (BEGIN CERTIFICATE)");
    }
    return certificates;
  }

  private static X509Certificate certificate(PemBlock block, int number) throws PemException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.der()));
    } catch (CertificateException e) {
      throw new PemException("certificate " + number + " in it is damaged");
    }
  }

  /**
   * The first private key of a file.
   *
   * @param password null if there is none; left as it is
   */
  public static PrivateKey privateKey(Path file, char @Nullable [] password) throws PemException {
    for (PemBlock block : PemBlock.in(text(file))) {
      if (block.type().endsWith("PRIVATE KEY")) {
        return KeyForms.key(block, password);
      }
    }
    throw new PemException("holds no private key (BEGIN PRIVATE KEY)");
  }

  /** What a small file holds. */
  private static String text(Path file) throws PemException {
    byte[] bytes = bytes(file);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    Arrays.fill(bytes, (byte) 0);
    return text;
  }

  /** What a file holds that is as small as certificates, keys and passwords are. */
  public static byte[] bytes(Path file) throws PemException {
    try {
      if (Files.isDirectory(file)) {
        throw new PemException("is a folder");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new PemException("is larger than " + MAX_BYTES + " bytes");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new PemException("does not exist");
    } catch (AccessDeniedException e) {
      throw new PemException("may not be read by this user");
    } catch (IOException e) {
      throw new PemException("cannot be read: " + e.getClass().getSimpleName());
    }
  }
}

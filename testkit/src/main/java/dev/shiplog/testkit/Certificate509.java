package dev.shiplog.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * Makes X.509 certificates, which the JDK reads but does not write.
 *
 * <pre>
 *   SEQUENCE
 *     SEQUENCE                       what is signed
 *       [0] 2                        version 3
 *       serial, algorithm, issuer
 *       SEQUENCE from, until
 *       subject, public key
 *       [3] extensions               subjectAltName, basicConstraints
 *     algorithm
 *     BIT STRING                     the signature
 * </pre>
 */
final class Certificate509 {
  private static final int SEQUENCE = 0x30;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  /** {@code ecdsa-with-SHA256}. */
  private static final byte[] ECDSA = {
    0x30, 10, 6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 4, 3, 2
  };

  /** {@code id-ce-subjectAltName} and {@code id-ce-basicConstraints}. */
  private static final byte[] ALTERNATIVE_NAMES = {6, 3, 0x55, 0x1d, 0x11};

  private static final byte[] BASIC_CONSTRAINTS = {6, 3, 0x55, 0x1d, 0x13};

  private Certificate509() {}

  /** A certificate for {@code key}, signed by an EC key; for hosts, or for an authority if none. */
  static X509Certificate make(
      X500Principal subject,
      PublicKey key,
      List<String> hosts,
      Instant from,
      Instant until,
      X500Principal issuer,
      PrivateKey issuersKey)
      throws GeneralSecurityException {
    byte[] extension =
        hosts.isEmpty()
            ? value(
                SEQUENCE,
                BASIC_CONSTRAINTS,
                value(4, value(SEQUENCE, value(1, new byte[] {(byte) 0xff}))))
            : value(SEQUENCE, ALTERNATIVE_NAMES, value(4, alternatives(hosts)));
    byte[] signed =
        value(
            SEQUENCE,
            value(0xa0, value(2, new byte[] {2})),
            value(2, new BigInteger(64, new SecureRandom()).add(BigInteger.ONE).toByteArray()),
            ECDSA,
            issuer.getEncoded(),
            value(SEQUENCE, time(from), time(until)),
            subject.getEncoded(),
            key.getEncoded(),
            value(0xa3, value(SEQUENCE, extension)));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(issuersKey);
    signature.update(signed);
    byte[] whole = value(SEQUENCE, signed, ECDSA, value(3, new byte[] {0}, signature.sign()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(whole));
  }

  private static byte[] time(Instant instant) {
    return value(0x18, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
  }

  /** DNS names are context tag 2, addresses are context tag 7. */
  private static byte[] alternatives(List<String> hosts) {
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    for (String host : hosts) {
      boolean address = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
      names.writeBytes(
          address
              ? value(0x87, literal(host))
              : value(0x82, host.getBytes(StandardCharsets.US_ASCII)));
    }
    return value(SEQUENCE, names.toByteArray());
  }

  private static byte[] literal(String address) {
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(address, e);
    }
  }

  private static byte[] value(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    int length = content.size();
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.write(tag);
    if (length >= 0x100) {
      value.write(0x82);
      value.write(length >> 8);
    } else if (length >= 0x80) {
      value.write(0x81);
    }
    value.write(length);
    value.writeBytes(content.toByteArray());
    return value.toByteArray();
  }
}

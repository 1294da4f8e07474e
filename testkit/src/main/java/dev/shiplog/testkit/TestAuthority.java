package dev.shiplog.testkit;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate authority that lives as long as a test: nothing of it is ever in a repository.
 * Immutable; safe for any thread.
 */
public final class TestAuthority {
  private static final Duration DAY = Duration.ofDays(1);

  private final X500Principal name;
  private final KeyPair keys;
  private final X509Certificate certificate;

  private TestAuthority(X500Principal name, KeyPair keys, X509Certificate certificate) {
    this.name = name;
    this.keys = keys;
    this.certificate = certificate;
  }

  /** An authority that nobody trusts yet. */
  public static TestAuthority create() {
    try {
      X500Principal name = new X500Principal("CN=authority of a test");
      KeyPair keys = keys("EC");
      Instant now = Instant.now();
      X509Certificate certificate =
          Certificate509.make(
              name,
              keys.getPublic(),
              List.of(),
              now.minus(DAY),
              now.plus(DAY),
              name,
              keys.getPrivate());
      return new TestAuthority(name, keys, certificate);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no authority", e);
    }
  }

  /** An identity with an EC key for these DNS names and addresses, valid from yesterday on. */
  public TestIdentity issue(String... hosts) {
    return issue("EC", DAY, hosts);
  }

  /** An identity that expired an hour ago. */
  public TestIdentity issueExpired(String... hosts) {
    return issue("EC", Duration.ofHours(-1), hosts);
  }

  /**
   * An identity with a key of this algorithm, {@code EC} or {@code RSA}.
   *
   * @param left how long it is valid from now on
   */
  public TestIdentity issue(String algorithm, Duration left, String... hosts) {
    try {
      KeyPair own = keys(algorithm);
      Instant now = Instant.now();
      X509Certificate issued =
          Certificate509.make(
              new X500Principal("CN=" + hosts[0]),
              own.getPublic(),
              List.of(hosts),
              now.minus(DAY.multipliedBy(2)),
              now.plus(left),
              name,
              keys.getPrivate());
      return new TestIdentity(own.getPrivate(), List.of(issued, certificate));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no identity", e);
    }
  }

  /** What others must trust. */
  public X509Certificate certificate() {
    return certificate;
  }

  /** The same as PEM. */
  public String pem() {
    return TestIdentity.pem(List.of(certificate));
  }

  private static KeyPair keys(String algorithm) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(algorithm.equals("RSA") ? 2048 : 256);
    return generator.generateKeyPair();
  }
}

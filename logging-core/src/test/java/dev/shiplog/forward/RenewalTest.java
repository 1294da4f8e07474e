package dev.shiplog.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.testkit.Behaviour;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.TestAuthority;
import dev.shiplog.testkit.TestIdentity;
import dev.shiplog.transport.Security;
import dev.shiplog.transport.TlsSettings;
import dev.shiplog.transport.TransportSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates are renewed while the endpoint stays up and closes nothing. */
@Timeout(60)
class RenewalTest {
  /** Connections live for so long, or up to a quarter less. */
  private static final Duration MAX_AGE = Duration.ofMillis(200);

  @TempDir Path folder;

  private final TestAuthority authority = TestAuthority.create();

  /** Whom the endpoint met, connection by connection. */
  private final List<String> met = new CopyOnWriteArrayList<>();

  private final AtomicLong logged = new AtomicLong();

  private ForwardEndpoint endpoint() {
    Behaviour looking =
        connection -> {
          met.add(String.valueOf(connection.clientName()));
          Behaviour.acknowledging().serve(connection);
        };
    return ForwardEndpoint.builder()
        .tls(authority.issue("127.0.0.1"))
        .clientsOf(authority)
        .behave(looking)
        .start();
  }

  private Shipped shipped(ForwardEndpoint endpoint) {
    ForwardSettings settings = Shipped.to(endpoint.port());
    TransportSettings usual = settings.transport();
    Security mutual =
        new Security(
            new TlsSettings(
                folder.resolve("ca.pem"),
                folder.resolve("cert.pem"),
                folder.resolve("key.pem"),
                null,
                true),
            null);
    return new Shipped(
        settings.with(
            new TransportSettings(
                    true,
                    4,
                    usual.connectTimeout(),
                    usual.writeTimeout(),
                    usual.ackTimeout(),
                    MAX_AGE,
                    usual.maxIdle())
                .with(mutual)));
  }

  private void write(Path into, TestIdentity identity) throws IOException {
    Files.writeString(into.resolve("ca.pem"), authority.pem());
    Files.writeString(into.resolve("cert.pem"), identity.certificatePem());
    Files.writeString(into.resolve("key.pem"), identity.keyPem());
  }

  /** Logs on until the endpoint has met this one, as an application does. */
  private void logUntilMet(Shipped shipped, String name) {
    shipped.await(
        "a connection of " + name,
        () -> {
          shipped.logChunk(logged.getAndIncrement());
          return met.contains(name);
        });
  }

  private void assertNothingLostOrTold(ForwardEndpoint endpoint, Shipped shipped) {
    shipped.awaitEnd();
    assertThat(Shipped.numbers(endpoint.events()))
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, logged.get()).boxed().toList());
    assertThat(shipped.meters.snapshot().chunksRetried()).isZero();
    assertThat(endpoint.problems()).isEmpty();
  }

  @Test
  void renewedKeyAndCertificate_areShownOnceTheConnectionHasItsAge() throws IOException {
    write(folder, authority.issue("first"));
    try (ForwardEndpoint endpoint = endpoint();
        Shipped shipped = shipped(endpoint)) {
      logUntilMet(shipped, "CN=first");
      write(folder, authority.issue("RSA", Duration.ofDays(1), "second"));
      logUntilMet(shipped, "CN=second");

      assertNothingLostOrTold(endpoint, shipped);
      assertThat(met.get(met.size() - 1)).isEqualTo("CN=second");
    }
  }

  @Test
  void certificateWhoseKeyHasNotComeYet_leavesTheOldPairInUse() throws IOException {
    write(folder, authority.issue("first"));
    TestIdentity second = authority.issue("second");
    try (ForwardEndpoint endpoint = endpoint();
        Shipped shipped = shipped(endpoint)) {
      logUntilMet(shipped, "CN=first");
      Files.writeString(folder.resolve("cert.pem"), second.certificatePem());
      shipped.await(
          "a word about it",
          () -> {
            shipped.logChunk(logged.getAndIncrement());
            return shipped.told.stream()
                .anyMatch(told -> told.contains("what it held before stays in use"));
          });
      assertThat(met).containsOnly("CN=first");
      Files.writeString(folder.resolve("key.pem"), second.keyPem());
      logUntilMet(shipped, "CN=second");

      assertNothingLostOrTold(endpoint, shipped);
    }
  }

  /**
   * The way of a Kubernetes volume: files are links through {@code ..data}, which is itself a link
   * to a folder and is turned to another one by a rename.
   */
  @Test
  void turnedKubernetesVolume_isReadAnewThoughItsLinksAreTheSame() throws IOException {
    for (String file : List.of("ca.pem", "cert.pem", "key.pem")) {
      Files.createSymbolicLink(folder.resolve(file), Path.of("..data", file));
    }
    turn("..2026_11_27_03_15", authority.issue("first"));
    try (ForwardEndpoint endpoint = endpoint();
        Shipped shipped = shipped(endpoint)) {
      logUntilMet(shipped, "CN=first");
      turn("..2026_11_28_03_15", authority.issue("later"));
      logUntilMet(shipped, "CN=later");

      assertNothingLostOrTold(endpoint, shipped);
      assertThat(shipped.told).isEmpty();
    }
  }

  private void turn(String name, TestIdentity identity) throws IOException {
    Path version = Files.createDirectory(folder.resolve(name));
    write(version, identity);
    Path fresh = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of(name));
    Files.move(fresh, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
  }
}

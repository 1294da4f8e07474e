package dev.shiplog.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.testkit.Behaviour;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.Handshake;
import dev.shiplog.testkit.TestAuthority;
import dev.shiplog.testkit.TestIdentity;
import dev.shiplog.testkit.faults.Faults;
import dev.shiplog.transport.Credentials;
import dev.shiplog.transport.Endpoint;
import dev.shiplog.transport.Secret;
import dev.shiplog.transport.Security;
import dev.shiplog.transport.TlsSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS and the handshake over real sockets: what is proven, what is refused, what is told. */
@Timeout(60)
class SecurityFaultsTest {
  private static final String KEY = "marked-shared-key";
  private static final String PASSWORD = "marked-password";
  private static final int EVER = 60_000;

  @TempDir static Path folder;
  private static TestAuthority authority;
  private static TestIdentity identity;
  private static Path ca;

  @BeforeAll
  static void makeIdentity() throws IOException {
    authority = TestAuthority.create();
    identity = authority.issue("localhost", "127.0.0.1");
    ca = write("ca.pem", authority.pem());
  }

  private static Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static ForwardSettings to(ForwardEndpoint endpoint, Security security) {
    ForwardSettings settings = Shipped.to(endpoint.port());
    return settings.with(settings.transport().with(security));
  }

  private static ForwardSettings impatient(ForwardEndpoint endpoint, Security security) {
    ForwardSettings settings = Shipped.to(endpoint.port(), 300, EVER, EVER);
    return settings.with(settings.transport().with(security));
  }

  private static Security tls(@Nullable Path authorities) {
    return new Security(TlsSettings.trusting(authorities), null);
  }

  private static Security key(String sharedKey) {
    return new Security(null, Credentials.key("client", Secret.of(sharedKey)));
  }

  private static Security user(String name, String password) {
    return new Security(null, new Credentials("client", Secret.of(KEY), name, Secret.of(password)));
  }

  private static void deliver(ForwardEndpoint endpoint, Shipped shipped, int events) {
    for (int n = 0; n < events; n++) {
      shipped.log("app", n, 900);
    }
    endpoint.await(events);
    shipped.awaitEnd();
    assertThat(Shipped.numbers(endpoint.distinctEvents()))
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, events).boxed().toList());
    assertThat(endpoint.problems()).isEmpty();
  }

  private static void assertRefused(ForwardEndpoint endpoint, Shipped shipped, String told) {
    shipped.log(0);
    shipped.awaitTold(told);
    assertThat(endpoint.events()).isEmpty();
    assertThat(endpoint.bytes()).as("bytes that the endpoint could read").isZero();
    assertThat(shipped.meters.snapshot().pending()).isEqualTo(1);
    assertThat(shipped.meters.snapshot().endpointUp()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void chunks_arriveOverTls(String protocol) {
    try (ForwardEndpoint endpoint =
            ForwardEndpoint.builder().tls(identity).tlsProtocols(protocol).start();
        Shipped shipped = new Shipped(to(endpoint, tls(ca)))) {
      deliver(endpoint, shipped, 3000);
      assertThat(endpoint.duplicates()).isEmpty();
      assertThat(endpoint.connections()).isOne();
    }
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2,EC", "TLSv1.3,EC", "TLSv1.3,RSA"})
  void clientCertificate_isShownWhereTheEndpointAsks(String protocol, String algorithm)
      throws IOException {
    TestIdentity own = authority.issue(algorithm, Duration.ofDays(1), "client");
    Path cert = write("cert.pem", own.certificatePem());
    Path key = write("key.pem", own.keyPem());
    Security mutual = new Security(new TlsSettings(ca, cert, key, null, true), null);
    try (ForwardEndpoint endpoint =
            ForwardEndpoint.builder()
                .tls(identity)
                .clientsOf(authority)
                .tlsProtocols(protocol)
                .start();
        Shipped shipped = new Shipped(to(endpoint, mutual))) {
      deliver(endpoint, shipped, 10);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void missingClientCertificate_isNamedAndNothingArrives(String protocol) {
    try (ForwardEndpoint endpoint =
            ForwardEndpoint.builder()
                .tls(identity)
                .clientsOf(authority)
                .tlsProtocols(protocol)
                .start();
        Shipped shipped = new Shipped(to(endpoint, tls(ca)))) {
      assertRefused(endpoint, shipped, "TLS: ");
      // newer JDKs alert a TLS 1.2 client so, as the standard has it
      assertThat(shipped.told.toString()).containsAnyOf("certificate", "handshake_failure");
    }
  }

  @Test
  void certificateOfAnotherHost_isRefusedByName() {
    TestIdentity other = authority.issue("fluentd.example", "10.0.0.7");
    try (ForwardEndpoint endpoint = ForwardEndpoint.builder().tls(other).start();
        Shipped shipped = new Shipped(to(endpoint, tls(ca)))) {
      assertRefused(
          endpoint, shipped, "its certificate is for fluentd.example, 10.0.0.7, not for 127.0.0.1");
    }
  }

  @Test
  void certificateOfAnotherHost_isTakenWhereNamesAreNotVerified() {
    TestIdentity other = authority.issue("fluentd.example");
    TlsSettings lax = new TlsSettings(ca, null, null, null, false);
    try (ForwardEndpoint endpoint = ForwardEndpoint.builder().tls(other).start();
        Shipped shipped = new Shipped(to(endpoint, new Security(lax, null)))) {
      deliver(endpoint, shipped, 1);
    }
  }

  @Test
  void hostName_isWhatTheCertificateMustBeFor() {
    TestIdentity named = authority.issue("localhost");
    try (ForwardEndpoint endpoint = ForwardEndpoint.builder().tls(named).start()) {
      ForwardSettings byName =
          ForwardSettings.defaults(new Endpoint("localhost", endpoint.port()), "head")
              .with(new ForwardSettings.Chunks(1 << 20, Duration.ofMillis(20)));
      try (Shipped shipped = new Shipped(byName.with(byName.transport().with(tls(ca))))) {
        deliver(endpoint, shipped, 1);
      }
    }
  }

  @Test
  void expiredCertificate_isRefusedByNameAndDate() {
    TestIdentity expired = authority.issueExpired("127.0.0.1");
    try (ForwardEndpoint endpoint = ForwardEndpoint.builder().tls(expired).start();
        Shipped shipped = new Shipped(to(endpoint, tls(ca)))) {
      assertRefused(endpoint, shipped, "its certificate CN=127.0.0.1 expired on 2");
    }
  }

  @Test
  void expiredCertificate_isRefusedEvenIfItIsItselfTrusted() throws IOException {
    TestIdentity expired = authority.issueExpired("127.0.0.1");
    Path pinned = write("pinned.pem", expired.certificatePem());
    try (ForwardEndpoint endpoint = ForwardEndpoint.builder().tls(expired).start();
        Shipped shipped = new Shipped(to(endpoint, tls(pinned)))) {
      assertRefused(endpoint, shipped, "expired on ");
    }
  }

  @Test
  void certificateOfAStranger_isRefused() {
    TestIdentity stranger = TestAuthority.create().issue("127.0.0.1");
    try (ForwardEndpoint endpoint = ForwardEndpoint.builder().tls(stranger).start();
        Shipped shipped = new Shipped(to(endpoint, tls(ca)));
        Shipped trustingTheJvm = new Shipped(to(endpoint, tls(null)))) {
      assertRefused(endpoint, shipped, "its certificate CN=127.0.0.1 is not trusted");
      assertRefused(endpoint, trustingTheJvm, "its certificate CN=127.0.0.1 is not trusted");
    }
  }

  @Test
  void endpointWithoutTls_isNamedByItsAnswerOrItsSilence() {
    Behaviour answers = connection -> connection.write(ascii("no TLS here at all"));
    try (ForwardEndpoint silent = ForwardEndpoint.builder().behave(Faults.stall()).start();
        ForwardEndpoint other = ForwardEndpoint.builder().behave(answers).start();
        Shipped hanging = new Shipped(impatient(silent, tls(ca)));
        Shipped answered = new Shipped(to(other, tls(ca)))) {
      hanging.log(0);
      answered.log(0);
      hanging.awaitTold("no TLS handshake in 300 ms: does it speak TLS?");
      answered.awaitTold("it does not answer in TLS");
    }
  }

  @Test
  void stalledPeer_isGivenUpByTheWriteDeadlineUnderTlsAndCloseKeepsItsTime() {
    try (ForwardEndpoint endpoint =
        ForwardEndpoint.builder()
            .tls(identity)
            .receiveBuffer(8192)
            .behave(Faults.stallAfter(1))
            .start()) {
      ForwardSettings settings = Shipped.to(endpoint.port(), EVER, 300, EVER);
      Shipped shipped =
          new Shipped(
              settings
                  .with(settings.transport().with(tls(ca)))
                  .with(new ForwardSettings.Buffer(8 << 20, Overflow.DROP_OLDEST)));
      shipped.logChunk(0);
      endpoint.await(1);
      for (int n = 1; n < 4000; n++) {
        shipped.log("app", n, 9000);
      }
      shipped.awaitTold("a chunk was not taken within 300 ms");
      assertThat(shipped.meters.snapshot().bufferBytes()).isLessThanOrEqualTo(8 << 20);
      endpoint.await("the next connection", () -> endpoint.connections() > 1);
      long before = System.nanoTime();
      shipped.close();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
      shipped.await("its threads to end", () -> Shipped.threads().isEmpty());
    }
  }

  @Test
  void wrongFile_opensNoConnectionUntilItIsRight() throws IOException {
    Path late = folder.resolve("late.pem");
    try (ForwardEndpoint endpoint = ForwardEndpoint.builder().tls(identity).start();
        Shipped shipped = new Shipped(to(endpoint, tls(late)))) {
      shipped.log(0);
      shipped.awaitTold("fluentd.tls.ca: " + late + " does not exist; nothing is sent");
      assertThat(endpoint.connections()).isZero();
      Files.writeString(late, "no certificate");
      Files.writeString(late, authority.pem());
      endpoint.await(1);
      shipped.awaitEnd();
    }
  }

  @Test
  void changedFiles_areReadAtTheNextConnectAndBrokenOnesLeaveTheOldInUse() throws IOException {
    Path renewed = write("renewed.pem", authority.pem());
    TestAuthority second = TestAuthority.create();
    TestIdentity next = second.issue("127.0.0.1");
    ForwardEndpoint endpoint = ForwardEndpoint.builder().tls(identity).start();
    int port = endpoint.port();
    try (endpoint;
        Shipped shipped = new Shipped(to(endpoint, tls(renewed)))) {
      shipped.logChunk(0);
      endpoint.await(1);
      shipped.awaitEnd();
      Files.writeString(renewed, "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
      endpoint.disconnect();
      shipped.logChunk(1);
      endpoint.await(2);
      shipped.awaitTold("certificate 1 in it is damaged; what it held before stays in use");
      shipped.awaitEnd();

      Files.writeString(renewed, second.pem());
      endpoint.close();
      try (ForwardEndpoint successor = ForwardEndpoint.builder().tls(next).port(port).start()) {
        shipped.logChunk(2);
        assertThat(Shipped.numbers(successor.await(1))).containsExactly(2L);
        shipped.awaitEnd();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sharedKeyAndUser_areProvenToBothServers(boolean fluentBit) {
    Handshake handshake =
        (fluentBit ? Handshake.likeFluentBit(KEY) : Handshake.likeFluentd(KEY))
            .user("app", PASSWORD);
    try (ForwardEndpoint endpoint =
            ForwardEndpoint.builder().behave(handshake.then(Behaviour.acknowledging())).start();
        Shipped shipped = new Shipped(to(endpoint, user("app", PASSWORD)))) {
      deliver(endpoint, shipped, 100);
    }
  }

  @Test
  void sharedKeyAlone_isEnoughWhereNoUserIsAskedFor() {
    try (ForwardEndpoint endpoint =
            ForwardEndpoint.builder()
                .behave(Handshake.likeFluentd(KEY).then(Behaviour.acknowledging()))
                .start();
        Shipped shipped = new Shipped(to(endpoint, user("app", PASSWORD)))) {
      deliver(endpoint, shipped, 100);
    }
  }

  @Test
  void handshakeInsideTls_works() {
    Security both =
        new Security(TlsSettings.trusting(ca), Credentials.key("client", Secret.of(KEY)));
    try (ForwardEndpoint endpoint =
            ForwardEndpoint.builder()
                .tls(identity)
                .behave(Handshake.likeFluentBit(KEY).then(Behaviour.acknowledging()))
                .start();
        Shipped shipped = new Shipped(to(endpoint, both))) {
      deliver(endpoint, shipped, 1000);
    }
  }

  @Test
  void endpointThatDeniesKeepalive_getsOneChunkAConnection() {
    try (ForwardEndpoint endpoint =
            ForwardEndpoint.builder()
                .behave(Handshake.likeFluentd(KEY).denyingKeepalive().then(Faults.stall()))
                .start();
        Shipped shipped = new Shipped(to(endpoint, key(KEY)))) {
      for (int n = 0; n < 5; n++) {
        shipped.logChunk(n);
      }
      shipped.awaitEnd();
      assertThat(endpoint.frames()).hasSizeBetween(1, 5);
      assertThat(endpoint.connections()).isEqualTo(endpoint.frames().size());
      assertThat(shipped.told).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void wrongSharedKey_isNamedAndRetriedSlowly(boolean fluentBit) {
    Handshake handshake =
        fluentBit ? Handshake.likeFluentBit("other") : Handshake.likeFluentd("other");
    assertKeyRefused(
        handshake.then(Behaviour.acknowledging()),
        key(KEY),
        fluentBit
            ? "closed by the endpoint at our PING, as Fluent Bit does"
            : "it refuses our shared key, user or password: shared_key mismatch");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void wrongPassword_isNamedAndRetriedSlowly(boolean fluentBit) {
    Handshake handshake =
        (fluentBit ? Handshake.likeFluentBit(KEY) : Handshake.likeFluentd(KEY))
            .user("app", "other");
    assertKeyRefused(
        handshake.then(Behaviour.acknowledging()),
        user("app", PASSWORD),
        fluentBit
            ? "closed by the endpoint at our PING, as Fluent Bit does"
            : "it refuses our shared key, user or password: username/password mismatch");
  }

  @Test
  void endpointThatWantsAUser_isNamedWhereNoneIsSet() {
    assertKeyRefused(
        Handshake.likeFluentd(KEY).user("app", PASSWORD).then(Behaviour.acknowledging()),
        key(KEY),
        "it asks for a user, but auth.username is not set");
  }

  @Test
  void endpointWithoutTheKey_getsNothingHoweverItAnswers() {
    assertKeyRefused(
        Handshake.likeFluentd(KEY).lying().then(Behaviour.acknowledging()),
        key(KEY),
        "it does not prove that it has the shared key");
    assertKeyRefused(
        Handshake.likeFluentd(KEY).echoing().then(Behaviour.acknowledging()),
        key(KEY),
        "it calls itself as we do, which proves nothing: set auth.selfHostname");
  }

  private static void assertKeyRefused(Behaviour behaviour, Security security, String told) {
    try (ForwardEndpoint endpoint = ForwardEndpoint.builder().behave(behaviour).start();
        Shipped shipped =
            new Shipped(
                to(endpoint, security)
                    .with(
                        new ForwardSettings.Retries(
                            Duration.ofMillis(1), Duration.ofSeconds(30))))) {
      shipped.log(0);
      shipped.awaitTold(told);
      // of 15 to 30 seconds
      assertThat(shipped.told).singleElement().asString().containsPattern("in [123]\\d{4} ms");
      assertThat(shipped.told.toString()).doesNotContain(KEY, PASSWORD);
      assertThat(endpoint.events()).isEmpty();
      assertThat(endpoint.connections()).isOne();
      assertThat(shipped.meters.snapshot().pending()).isEqualTo(1);
    }
  }

  /** For so long that the events of a test, which have a time of their own, do not expire. */
  private static ForwardSettings spooled(ForwardSettings settings, Path dir) {
    Disk.Spooling spool =
        new Disk.Spooling(
            dir,
            "service",
            "appender",
            1 << 20,
            Duration.ofDays(36_500),
            Disk.Sync.NONE,
            Duration.ZERO);
    return Stepped.with(settings, new Disk(spool, null));
  }

  @Test
  void wrongSharedKey_keepsTheSpoolForALifeWithTheRightOne(@TempDir Path spool) {
    try (ForwardEndpoint endpoint =
        ForwardEndpoint.builder()
            .behave(Handshake.likeFluentBit(KEY).then(Behaviour.acknowledging()))
            .start()) {
      try (Shipped wrong = new Shipped(spooled(to(endpoint, key("wrong")), spool))) {
        wrong.await("the spool", snapshot -> snapshot.spoolBytes() > 0);
        wrong.log(0);
        wrong.awaitTold("closed by the endpoint at our PING");
        wrong.log(1);
        wrong.await("all to be in the spool", snapshot -> snapshot.bufferBytes() == 0);
        assertThat(wrong.meters.snapshot().pending()).isEqualTo(2);
        assertThat(endpoint.events()).isEmpty();
      }
      try (Shipped right = new Shipped(spooled(to(endpoint, key(KEY)), spool))) {
        assertThat(Shipped.numbers(endpoint.await(2))).containsExactlyInAnyOrder(0L, 1L);
        right.awaitEnd();
        assertThat(right.meters.snapshot().recovered()).isEqualTo(2);
      }
    }
  }

  @Test
  void rightKeyAfterAWrongOne_deliversWhatWasKept() throws IOException {
    Path file = write("key", "wrong\n");
    Security fromFile = new Security(null, Credentials.key("client", Secret.in(file)));
    try (ForwardEndpoint endpoint =
            ForwardEndpoint.builder()
                .behave(Handshake.likeFluentd(KEY).then(Behaviour.acknowledging()))
                .start();
        Shipped shipped = new Shipped(to(endpoint, fromFile))) {
      shipped.log(0);
      shipped.awaitTold("shared_key mismatch");
      Files.writeString(file, KEY + "\n");
      endpoint.await(1);
      shipped.awaitEnd();
      shipped.awaitTold("takes chunks again");
    }
  }

  @Test
  void endpointThatAsksForNoKey_isNamedByTheDeadlineAndGetsNothing() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Shipped shipped = new Shipped(impatient(endpoint, key(KEY)))) {
      assertRefused(
          endpoint,
          shipped,
          "no HELO in 300 ms: it asks for no shared key, but auth.sharedKey is set");
    }
  }

  @Test
  void endpointThatAsksForAKey_isNamedWhereNoneIsSet() {
    try (ForwardEndpoint endpoint = ForwardEndpoint.builder().behave(Faults.helo()).start();
        Shipped shipped = new Shipped(Shipped.to(endpoint.port()))) {
      shipped.log(0);
      shipped.awaitTold("it asks for a shared key (HELO), but auth.sharedKey is not set");
    }
  }

  @Test
  void endlessOrSenselessGreeting_isGivenUp() {
    byte[] endless = new byte[5000];
    Arrays.fill(endless, (byte) 'x');
    endless[0] = (byte) 0x92;
    endless[1] = (byte) 0xdb;
    for (byte[] greeting : List.of(endless, new byte[] {(byte) 0xc1}, ascii("HTTP/1.1 400"))) {
      Behaviour behaviour =
          connection -> {
            connection.write(greeting);
            Faults.stall().serve(connection);
          };
      try (ForwardEndpoint endpoint = ForwardEndpoint.builder().behave(behaviour).start();
          Shipped shipped = new Shipped(to(endpoint, key(KEY)))) {
        assertRefused(
            endpoint, shipped, "it answered in the handshake with something else than HELO");
      }
    }
  }
}

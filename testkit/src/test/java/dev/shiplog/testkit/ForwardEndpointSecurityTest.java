package dev.shiplog.testkit;

import static dev.shiplog.testkit.Sender.entry;
import static dev.shiplog.testkit.Sender.map;
import static dev.shiplog.testkit.Sender.packed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.msgpack.value.ValueFactory;

/** TLS as the JDK's own client sees it, and a handshake done wrongly. */
@Timeout(30)
class ForwardEndpointSecurityTest {
  private static final TestAuthority AUTHORITY = TestAuthority.create();

  private static SSLSocket connect(ForwardEndpoint endpoint, TestAuthority trusted)
      throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("ca", trusted.certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket();
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(10_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), endpoint.port()));
    return socket;
  }

  @Test
  void endpoint_speaksTlsWithTheIdentityThatItWasGiven() throws Exception {
    TestIdentity identity = AUTHORITY.issue("localhost", "127.0.0.1");
    try (ForwardEndpoint endpoint = ForwardEndpoint.builder().tls(identity).start();
        SSLSocket socket = connect(endpoint, AUTHORITY)) {
      byte[] event = entry(ValueFactory.newInteger(7), map("message", "secret"));
      socket.getOutputStream().write(packed("app", "id", event));
      assertThat(endpoint.await(1).get(0).field("message")).isEqualTo("secret");
      assertThat(socket.getInputStream().readNBytes(8))
          .asString(StandardCharsets.ISO_8859_1)
          .isEqualTo("\u0081\u00a3ack\u00a2id");
    }
  }

  @Test
  void identity_isRefusedByWhoTrustsAnotherOrExpectsAnotherHost() throws Exception {
    for (TestIdentity identity :
        List.of(
            AUTHORITY.issue("example.org"),
            AUTHORITY.issueExpired("127.0.0.1"),
            TestAuthority.create().issue("127.0.0.1"))) {
      try (ForwardEndpoint endpoint = ForwardEndpoint.builder().tls(identity).start();
          SSLSocket socket = connect(endpoint, AUTHORITY)) {
        assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
      }
    }
  }

  @Test
  void client_isRefusedWithoutACertificateWhereOneIsWanted() throws Exception {
    TestIdentity identity = AUTHORITY.issue("127.0.0.1");
    try (ForwardEndpoint endpoint =
            ForwardEndpoint.builder().tls(identity).clientsOf(AUTHORITY).start();
        SSLSocket socket = connect(endpoint, AUTHORITY)) {
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void frameRightBehindThePing_isAProblem() throws Exception {
    Behaviour asking = Handshake.likeFluentBit("key").then(Behaviour.acknowledging());
    try (ForwardEndpoint endpoint = ForwardEndpoint.builder().behave(asking).start();
        Sender sender = new Sender(endpoint.port())) {
      byte[] ping =
          Sender.bytes(
              ValueFactory.newArray(
                  ValueFactory.newString("PING"),
                  ValueFactory.newString("client"),
                  ValueFactory.newString("salt"),
                  ValueFactory.newString("digest"),
                  ValueFactory.newString(""),
                  ValueFactory.newString("")));
      byte[] event = entry(ValueFactory.newInteger(7), map("message", "early"));
      sender.send(Sender.concatenated(ping, packed("app", "id", event)));
      endpoint.await("the problem", () -> !endpoint.problems().isEmpty());
      assertThat(endpoint.problems().get(0)).contains("something follows the PING before the PONG");
    }
  }
}

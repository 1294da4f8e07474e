package dev.shiplog.metadata;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalHttpTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbodymore",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nbo\r\n2\r\ndy\r\n0\r\n\r\n",
        "HTTP/1.1 200\r\n\r\nbody",
        "HTTP/1.0 200 OK\nServer: x\n\nbody",
      })
  void body_isReadWhicheverWayItIsFramed(String answer) throws IOException {
    assertThat(get(answer)).isEqualTo("body");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SSH-2.0-OpenSSH\r\n",
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\n\r\n",
        "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nbody",
        "HTTP/1.1 200 OK\r\nContent-Length: 262145\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4000000000000000\r\nx",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nbo",
      })
  void answer_isRefusedWhenNotWholeAndOkay(String answer) {
    assertThatThrownBy(() -> get(answer)).isInstanceOf(IOException.class);
  }

  @Test
  void answer_isRefusedWhenEndless() {
    String head = "HTTP/1.1 200 OK\r\n\r\n";

    assertThatThrownBy(() -> get(head + "x".repeat(LocalHttp.BODY_BYTES + 1)))
        .hasMessageContaining("256 KiB");
    assertThatThrownBy(() -> get("HTTP/1.1 200 OK\r\nX: " + "x".repeat(100_000)))
        .hasMessageContaining("too long");
  }

  @Test
  void deadline_isForTheWholeExchange() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread trickle =
          new Thread(
              () -> {
                try (Socket socket = server.accept()) {
                  OutputStream out = socket.getOutputStream();
                  out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII));
                  while (!gone.await(20, TimeUnit.MILLISECONDS)) {
                    out.write('x'); // always something within any read timeout
                  }
                } catch (IOException | InterruptedException e) {
                  // the client has gone
                }
              });
      trickle.setDaemon(true);
      trickle.start();
      long start = System.nanoTime();

      assertThatThrownBy(() -> get(server, Duration.ofMillis(200))).isInstanceOf(IOException.class);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      gone.countDown();
      trickle.join(5000);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/v4/x",
        "http://8.8.8.8/v4/x",
        "http://127.1/v4/x",
        "http://[2001:db8::1]/v4/x",
        "https://127.0.0.1/v4/x",
        "file:///etc/passwd",
        "http://user:secret@127.0.0.1/",
        "//127.0.0.1/",
      })
  void address_isRefusedWhenNotLocalOrNotLiteral(String uri) {
    assertThatThrownBy(() -> LocalHttp.address(URI.create(uri))).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.170.2/v4/x",
        "http://127.0.0.1:1/",
        "http://localhost/",
        "http://[::1]/"
      })
  void address_isThatOfTheHostWhenLocal(String uri) throws IOException {
    InetAddress address = LocalHttp.address(URI.create(uri));

    assertThat(address.isLoopbackAddress() || address.isLinkLocalAddress()).isTrue();
  }

  private static String get(String answer) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread thread = new Thread(() -> answer(server, answer));
      thread.setDaemon(true);
      thread.start();
      return get(server, Duration.ofSeconds(20));
    }
  }

  private static void answer(ServerSocket server, String answer) {
    try (Socket socket = server.accept()) {
      InputStream in = socket.getInputStream();
      for (int ends = 0; ends < 4; ) { // all of the request: a reset would lose the answer
        int b = in.read();
        ends = b == '\r' || b == '\n' ? ends + 1 : 0;
      }
      socket.getOutputStream().write(answer.getBytes(US_ASCII));
      socket.shutdownOutput();
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // the client has seen enough
    }
  }

  private static String get(ServerSocket server, Duration time) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v4/x");
    return LocalHttp.get(uri, System.nanoTime() + time.toNanos());
  }
}

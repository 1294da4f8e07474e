package dev.shiplog.metadata;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * One GET of a small document from a loopback or link-local address, by HTTP/1.1.
 *
 * <p>On a plain socket, because the deadline is for the whole exchange, which neither a read
 * timeout of {@code HttpURLConnection} is, nor free of the application's proxies, cookies and
 * authenticators; and {@code java.net.http} would be one more module, with threads of its own.
 *
 * <p>Owned by one thread, which waits in it until the deadline at most. Follows no redirect,
 * resolves no name.
 */
final class LocalHttp implements AutoCloseable {
  static final int BODY_BYTES = 256 << 10;
  private static final int HEAD_BYTES = 16 << 10;
  private static final int CONNECT_MILLIS = 250;

  private final long deadline;
  private final Socket socket = new Socket(Proxy.NO_PROXY);
  private final byte[] buffer = new byte[8192];
  private int read;
  private int filled;

  private LocalHttp(long deadline) {
    this.deadline = deadline;
  }

  /**
   * The body of the answer.
   *
   * @param deadline in {@code System.nanoTime()}
   * @throws IOException if the address is not local, the answer is not 200 and whole in time, or
   *     the body is longer than 256 KiB
   */
  static String get(URI uri, long deadline) throws IOException {
    try (LocalHttp http = new LocalHttp(deadline)) {
      return http.get(uri);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private String get(URI uri) throws IOException {
    int port = uri.getPort() < 0 ? 80 : uri.getPort();
    InetSocketAddress address = new InetSocketAddress(address(uri), port);
    socket.connect(address, Math.min(CONNECT_MILLIS, remainingMillis()));
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: "
            + uri.getRawAuthority()
            + "\r\nAccept: application/json\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

    int head = HEAD_BYTES;
    String status = line(head);
    if (!status.startsWith("HTTP/1.") || !status.startsWith(" 200", 8)) {
      throw new IOException("answered " + status);
    }
    String length = null;
    boolean chunked = false;
    for (String line = line(head); !line.isEmpty(); line = line(head)) {
      head -= line.length() + 2;
      String header = line.toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = header.substring(15);
      } else if (header.startsWith("transfer-encoding:")) {
        chunked = header.endsWith("chunked");
      }
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (chunked) {
      for (long size = chunk(); size != 0; size = chunk()) {
        copy(size, body);
        line(HEAD_BYTES);
      }
    } else if (length != null) {
      copy(number(length, 10), body);
    } else {
      for (int b = next(); b >= 0; b = next()) {
        requireRoom(body, 1);
        body.write(b);
      }
    }
    return body.toString(StandardCharsets.UTF_8);
  }

  /** The address that the host literally is. */
  static InetAddress address(URI uri) throws IOException {
    String host = uri.getHost();
    if (host == null || !"http".equals(uri.getScheme()) || uri.getRawUserInfo() != null) {
      throw new IOException("not an http address");
    }
    if (host.equals("localhost")) {
      return InetAddress.getLoopbackAddress();
    }
    if (!host.startsWith("[") && !isDottedQuad(host)) {
      throw new IOException("a name, which would have to be resolved");
    }
    InetAddress address = InetAddress.getByName(host);
    if (!address.isLoopbackAddress() && !address.isLinkLocalAddress()) {
      throw new IOException("neither loopback nor link-local");
    }
    return address;
  }

  private static boolean isDottedQuad(String host) {
    int dots = 0;
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c == '.') {
        dots++;
      } else if (c < '0' || c > '9') {
        return false;
      }
    }
    return dots == 3;
  }

  private long chunk() throws IOException {
    String line = line(HEAD_BYTES);
    int extension = line.indexOf(';');
    return number(extension < 0 ? line : line.substring(0, extension), 16);
  }

  private static long number(String digits, int radix) throws IOException {
    try {
      return Long.parseUnsignedLong(digits.strip(), radix); // beyond 2^63 is negative: too long
    } catch (NumberFormatException e) {
      throw new IOException("malformed length", e);
    }
  }

  private void copy(long count, ByteArrayOutputStream body) throws IOException {
    requireRoom(body, count);
    for (long i = 0; i < count; i++) {
      int b = next();
      if (b < 0) {
        throw new EOFException("body is cut");
      }
      body.write(b);
    }
  }

  private static void requireRoom(ByteArrayOutputStream body, long count) throws IOException {
    if (count < 0 || count > BODY_BYTES - body.size()) {
      throw new IOException("body is longer than 256 KiB");
    }
  }

  private String line(int limit) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = next(); b != '\n'; b = next()) {
      if (b < 0 || line.length() >= limit) {
        throw new IOException("head is cut or too long");
      }
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }

  /** The next byte, or -1 at the end. */
  private int next() throws IOException {
    if (read == filled) {
      InputStream in = socket.getInputStream();
      socket.setSoTimeout(remainingMillis());
      filled = in.read(buffer);
      read = 0;
      if (filled < 0) {
        filled = 0;
        return -1;
      }
    }
    return buffer[read++] & 0xff;
  }

  private int remainingMillis() throws IOException {
    long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (millis <= 0) {
      throw new SocketTimeoutException("deadline");
    }
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }
}

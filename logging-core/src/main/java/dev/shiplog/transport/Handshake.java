package dev.shiplog.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Our side of the forward protocol's handshake, one step at a time. For one connection.
 *
 * <pre>
 *   ◄─ ["HELO", {"nonce": …, "auth": …, "keepalive": bool}]
 *   ─► ["PING", selfHostname, salt, SHA512(salt, selfHostname, nonce, key), user, SHA512(auth, user, password)]
 *   ◄─ ["PONG", ok, reason, hostname, SHA512(salt, hostname, nonce, key)]
 * </pre>
 *
 * <p>Digests are in lower-case hex. What fluentd sends as bin, Fluent Bit sends as str with bytes
 * that are no text; so everything is bytes here. The PING is all str and goes out in one write, and
 * nothing follows it before the PONG: Fluent Bit throws that away.
 */
final class Handshake {
  /** The endpoint's words are small; more than this is no handshake. */
  private static final int CAPACITY = 4096;

  private static final int SALT_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private enum State {
    AWAITS_HELO,
    SENDS_PING,
    AWAITS_PONG,
    DONE
  }

  /** The secrets, as bytes. */
  static final class Keys {
    private final byte[] sharedKey;
    private final byte[] password;

    Keys(byte[] sharedKey, byte[] password) {
      this.sharedKey = sharedKey;
      this.password = password;
    }
  }

  private final Credentials credentials;
  private final Keys keys;
  private final byte[] selfHostname;
  private final byte[] salt;
  private final byte[] bytes = new byte[CAPACITY];
  private final ByteBuffer in = ByteBuffer.wrap(bytes);
  private final ServerWords words = new ServerWords(bytes);
  private ByteBuffer ping = ByteBuffer.allocate(0);
  private byte[] nonce = new byte[0];
  private boolean keepsAlive = true;
  private State state = State.AWAITS_HELO;

  Handshake(Credentials credentials, Keys keys) {
    this.credentials = credentials;
    this.keys = keys;
    this.selfHostname = credentials.selfHostname().getBytes(StandardCharsets.UTF_8);
    byte[] random = new byte[SALT_BYTES];
    RANDOM.nextBytes(random);
    this.salt = ascii(HexFormat.of().formatHex(random));
  }

  /** Goes on; true when each side has proven itself. */
  boolean step(Link link) throws IOException {
    if (state == State.AWAITS_HELO && receive(link)) {
      helo();
    }
    if (state == State.SENDS_PING) {
      link.write(new ByteBuffer[] {ping}, 0, 1);
      boolean sent = !ping.hasRemaining() && link.isFlushed();
      link.wantsToWrite(!sent);
      state = sent ? State.AWAITS_PONG : state;
    }
    if (state == State.AWAITS_PONG && receive(link)) {
      pong();
    }
    return state == State.DONE;
  }

  /** Whether the endpoint takes more than one chunk on a connection. */
  boolean keepsAlive() {
    return keepsAlive;
  }

  /** What it waits for, for when that did not come in time. */
  Failure unanswered(long millis) {
    return state == State.AWAITS_HELO
        ? new Failure(
            Fault.NO_HELO,
            "no HELO in " + millis + " ms: it asks for no shared key, but auth.sharedKey is set")
        : new Failure(Fault.KEY_REFUSED, "no PONG in " + millis + " ms");
  }

  /** Reads; true when there is a whole word of the endpoint's. */
  private boolean receive(Link link) throws IOException {
    while (!words.isWhole(in.position())) {
      if (!in.hasRemaining()) {
        throw garbage();
      }
      int n = read(link);
      if (n < 0) {
        throw state == State.AWAITS_HELO
            ? new SecurityFailure(Fault.CLOSED, "closed by the endpoint before its HELO")
            : new SecurityFailure(
                Fault.KEY_REFUSED,
                "closed by the endpoint at our PING, as Fluent Bit does when shared key, user or"
                    + " password is wrong");
      }
      if (n == 0) {
        return false;
      }
    }
    return true;
  }

  /** A reset is the end as well. */
  private int read(Link link) throws SecurityFailure {
    try {
      return link.read(in);
    } catch (SecurityFailure e) {
      throw e;
    } catch (IOException e) {
      return -1;
    }
  }

  private void helo() throws SecurityFailure {
    ServerWords.Helo helo = words.helo(in.position());
    nonce = helo.nonce;
    keepsAlive = helo.keepsAlive;
    byte[] user = new byte[0];
    byte[] proof = new byte[0];
    if (helo.auth.length > 0) {
      if (credentials.username() == null) {
        throw new SecurityFailure(
            Fault.KEY_EXPECTED, "it asks for a user, but auth.username is not set");
      }
      user = credentials.username().getBytes(StandardCharsets.UTF_8);
      proof = digest(helo.auth, user, keys.password);
    }
    byte[] digest = digest(salt, selfHostname, nonce, keys.sharedKey);
    ping = ping(selfHostname, salt, digest, user, proof);
    in.clear();
    state = State.SENDS_PING;
  }

  private void pong() throws SecurityFailure {
    ServerWords.Pong pong = words.pong(in.position());
    if (!pong.ok) {
      throw new SecurityFailure(
          Fault.KEY_REFUSED,
          "it refuses our shared key, user or password: "
              + (pong.reason.isEmpty() ? "it gives no reason" : pong.reason));
    }
    if (Arrays.equals(pong.hostname, selfHostname)) {
      throw new SecurityFailure(
          Fault.ENDPOINT_UNPROVEN,
          "it calls itself as we do, which proves nothing: set auth.selfHostname to another name");
    }
    byte[] expected = digest(salt, pong.hostname, nonce, keys.sharedKey);
    if (!MessageDigest.isEqual(expected, pong.digest)) {
      throw new SecurityFailure(
          Fault.ENDPOINT_UNPROVEN, "it does not prove that it has the shared key");
    }
    state = State.DONE;
  }

  static SecurityFailure garbage() {
    return new SecurityFailure(
        Fault.GARBAGE, "it answered in the handshake with something else than HELO or PONG");
  }

  private static ByteBuffer ping(byte[]... fields) {
    int length = 6;
    for (byte[] field : fields) {
      length += 3 + field.length;
    }
    ByteBuffer ping = ByteBuffer.allocate(length);
    ping.put((byte) (0x90 | 1 + fields.length));
    PackedFrame.putString(ping, ascii("PING"));
    for (byte[] field : fields) {
      PackedFrame.putString(ping, field);
    }
    return ping.flip();
  }

  private static byte[] digest(byte[]... parts) {
    try {
      MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
      for (byte[] part : parts) {
        sha512.update(part);
      }
      return ascii(HexFormat.of().formatHex(sha512.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-512", e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

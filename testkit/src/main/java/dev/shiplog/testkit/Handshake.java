package dev.shiplog.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;
import org.msgpack.value.Value;

/**
 * A behaviour that asks for a shared key, and perhaps for a user, before it lets another behaviour
 * have the connection:
 *
 * <pre>{@code
 * ForwardEndpoint.builder().behave(Handshake.likeFluentd("key").user("app", "word").then(…))
 * }</pre>
 *
 * <p>fluentd and Fluent Bit speak it differently, and so does this. Immutable once it serves.
 */
public final class Handshake {
  private static final int NONCE_BYTES = 16;
  private static final int PING_FIELDS = 6;

  /** As Fluent Bit's buffer for each field. */
  private static final int MAX_FIELD_BYTES = 1023;

  private final byte[] sharedKey;
  private final boolean fluentBit;
  private String hostname = "endpoint";
  private @Nullable String username;
  private String password = "";
  private boolean keepalive = true;
  private boolean lies;
  private boolean echoes;

  private Handshake(String sharedKey, boolean fluentBit) {
    this.sharedKey = sharedKey.getBytes(StandardCharsets.UTF_8);
    this.fluentBit = fluentBit;
  }

  /** fluentd: nonces as bin, a PONG that says why it is false. */
  public static Handshake likeFluentd(String sharedKey) {
    return new Handshake(sharedKey, false);
  }

  /** Fluent Bit: nonces as str whose bytes are no text, and a close without a word. */
  public static Handshake likeFluentBit(String sharedKey) {
    return new Handshake(sharedKey, true);
  }

  /** Asks for this user too. */
  public Handshake user(String name, String itsPassword) {
    username = name;
    password = itsPassword;
    return this;
  }

  /** What it calls itself in the PONG; {@code endpoint} unless this says otherwise. */
  public Handshake hostname(String name) {
    hostname = name;
    return this;
  }

  /** Says in its HELO that it takes one frame on a connection: fluentd's deny_keepalive. */
  public Handshake denyingKeepalive() {
    keepalive = false;
    return this;
  }

  /** Says that all is well and proves it with a wrong digest: somebody else's endpoint. */
  public Handshake lying() {
    lies = true;
    return this;
  }

  /** Calls itself as the client does and sends its digest back. */
  public Handshake echoing() {
    echoes = true;
    return this;
  }

  /**
   * What is done with a connection that has proven itself, unless it is only good for one frame.
   */
  public Behaviour then(Behaviour next) {
    return connection -> {
      if (shake(connection)) {
        Behaviour served = keepalive ? next : Handshake::serveOnce;
        served.serve(connection);
      }
    };
  }

  private static void serveOnce(Connection connection) throws IOException {
    Frame frame = connection.read();
    if (frame != null) {
      connection.store(frame);
      connection.acknowledge(frame);
    }
  }

  private boolean shake(Connection connection) throws IOException {
    byte[] nonce = random();
    byte[] auth = username == null ? new byte[0] : random();
    connection.write(helo(nonce, auth));
    List<Value> ping = connection.readArray();
    if (ping == null) {
      return false;
    }
    if (connection.hasMore()) {
      throw new MalformedFrameException("something follows the PING before the PONG");
    }
    String[] fields = fields(ping);
    String wrong = wrong(fields, nonce, auth);
    if (wrong != null && fluentBit) {
      return false;
    }
    String name = echoes ? fields[1] : hostname;
    String digest =
        echoes
            ? fields[3]
            : sha512(bytes(fields[2]), bytes(name), nonce, lies ? bytes("another key") : sharedKey);
    connection.write(pong(wrong, name, digest));
    return wrong == null;
  }

  private byte[] random() {
    byte[] bytes = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(bytes);
    // certainly no text, and a byte that C might take for the end
    bytes[0] = (byte) 0xff;
    bytes[1] = 0;
    return bytes;
  }

  private byte[] helo(byte[] nonce, byte[] auth) throws IOException {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packArrayHeader(2).packString("HELO").packMapHeader(fluentBit ? 2 : 3);
      packRaw(packer.packString("nonce"), nonce);
      packRaw(packer.packString("auth"), auth);
      if (!fluentBit) {
        packer.packString("keepalive").packBoolean(keepalive);
      }
      return packer.toByteArray();
    }
  }

  private void packRaw(MessagePacker packer, byte[] raw) throws IOException {
    if (fluentBit || raw.length == 0) {
      packer.packRawStringHeader(raw.length).writePayload(raw);
    } else {
      packer.packBinaryHeader(raw.length).writePayload(raw);
    }
  }

  private static String[] fields(List<Value> ping) throws MalformedFrameException {
    String[] fields = new String[PING_FIELDS];
    for (int i = 0; i < PING_FIELDS; i++) {
      Value value = ping.size() == PING_FIELDS ? ping.get(i) : null;
      if (value == null
          || !value.isStringValue()
          || value.asRawValue().asByteArray().length > MAX_FIELD_BYTES) {
        throw new MalformedFrameException("this is no PING of six strings: " + ping);
      }
      fields[i] = value.asStringValue().asString();
    }
    if (!"PING".equals(fields[0])) {
      throw new MalformedFrameException("this is no PING: " + fields[0]);
    }
    return fields;
  }

  /** What is wrong with a PING, in fluentd's words; null if nothing is. */
  private @Nullable String wrong(String[] ping, byte[] nonce, byte[] auth) {
    if (!sha512(bytes(ping[2]), bytes(ping[1]), nonce, sharedKey).equals(ping[3])) {
      return "shared_key mismatch";
    }
    if (username == null) {
      return null;
    }
    return ping[4].equals(username)
            && ping[5].equals(sha512(auth, bytes(username), bytes(password)))
        ? null
        : "username/password mismatch";
  }

  private static byte[] pong(@Nullable String wrong, String name, String digest)
      throws IOException {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packArrayHeader(5).packString("PONG").packBoolean(wrong == null);
      packer.packString(Objects.requireNonNullElse(wrong, ""));
      packer.packString(wrong == null ? name : "").packString(wrong == null ? digest : "");
      return packer.toByteArray();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String sha512(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

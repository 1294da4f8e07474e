package dev.shiplog.testkit.faults;

import dev.shiplog.testkit.Behaviour;
import dev.shiplog.testkit.Connection;
import dev.shiplog.testkit.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/**
 * The misbehaviours of endpoints and of what lies between, one each. Put several in turn with
 * {@code ForwardEndpoint.builder().behave(Faults.stall(), Behaviour.acknowledging())}.
 *
 * <p>Refused ports are at {@link ReservedPort}; a small window for the stalls is {@code
 * Builder.receiveBuffer}.
 */
public final class Faults {
  private static final Duration FOREVER = Duration.ofDays(1);
  private static final Duration BETWEEN_SEGMENTS = Duration.ofMillis(1);

  private Faults() {}

  /** Accepts and never reads: a stopped process, whose window fills. */
  public static Behaviour stall() {
    return connection -> connection.pause(FOREVER);
  }

  /** Stores and acknowledges so many frames, then reads no more. */
  public static Behaviour stallAfter(int frames) {
    return connection -> {
      for (int i = 0; i < frames; i++) {
        Frame frame = connection.read();
        if (frame == null) {
          return;
        }
        connection.store(frame);
        connection.acknowledge(frame);
      }
      connection.pause(FOREVER);
    };
  }

  /** Is honest, but reads at most {@code bytes} each {@code every}. */
  public static Behaviour slowRead(int bytes, Duration every) {
    return connection -> {
      connection.pace(bytes, every);
      Behaviour.acknowledging().serve(connection);
    };
  }

  /** Reads so many bytes and is gone, with a reset: killed in the middle of a chunk. */
  public static Behaviour cutAfter(int bytes) {
    return connection -> {
      connection.skip(bytes);
      connection.reset();
    };
  }

  /** Accepts and closes: a paused Fluent Bit, or a proxy with nobody behind it. */
  public static Behaviour closeAtOnce() {
    return connection -> {};
  }

  /** Stores one frame and is gone before it acknowledges. */
  public static Behaviour closeBeforeAck() {
    return connection -> {
      Frame frame = connection.read();
      if (frame != null) {
        connection.store(frame);
        connection.reset();
      }
    };
  }

  /** Stores each frame and acknowledges another one. */
  public static Behaviour wrongAck() {
    return answering(frame -> Connection.acknowledgement("AAAAAAAAAAAAAAAAAAAAAA=="));
  }

  /** Is honest, with one byte a segment in its answers. */
  public static Behaviour splitAck() {
    return each(
        (connection, frame) -> {
          for (byte b : acknowledgement(frame)) {
            connection.write(new byte[] {b});
            connection.pause(BETWEEN_SEGMENTS);
          }
        });
  }

  /**
   * Acknowledges two frames in one segment, each with keys that nobody asked for; an odd one waits
   * for the next. The sender must have two under way.
   */
  public static Behaviour ackInPairs() {
    return connection -> {
      ByteArrayOutputStream answers = new ByteArrayOutputStream();
      int held = 0;
      for (Frame frame = connection.read(); frame != null; frame = connection.read()) {
        connection.store(frame);
        answers.writeBytes(acknowledgementWithMore(frame));
        if (++held % 2 == 0) {
          connection.write(answers.toByteArray());
          answers.reset();
        }
      }
    };
  }

  /** Answers each frame with bytes that are no msgpack, then with text. */
  public static Behaviour garbage() {
    byte[] garbage =
        "\u00c1\u00c1HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    return answering(frame -> garbage);
  }

  /** Answers the first frame with a map whose one value does not end. */
  public static Behaviour endlessAnswer() {
    byte[] start = {(byte) 0x81, (byte) 0xA3, 'a', 'c', 'k', (byte) 0xDB, -1, -1, -1, -1};
    byte[] more = "x".repeat(8192).getBytes(StandardCharsets.US_ASCII);
    return connection -> {
      if (connection.read() != null) {
        connection.write(start);
        while (true) {
          connection.write(more);
        }
      }
    };
  }

  /** Says HELO, as an endpoint that has a shared key, and takes no frame. */
  public static Behaviour helo() {
    return connection -> {
      try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
        packer.packArrayHeader(2).packString("HELO").packMapHeader(3);
        packer.packString("nonce").packBinaryHeader(16).writePayload(new byte[16]);
        packer.packString("auth").packString("");
        packer.packString("keepalive").packBoolean(true);
        connection.write(packer.toByteArray());
      }
      while (connection.skip(8192)) {
        // fluentd reads on, and takes nothing but a PING.
      }
    };
  }

  /** Never acknowledges the frames that fit, and keeps the connection: fluentd's size limit. */
  public static Behaviour neverAck(Predicate<Frame> poison) {
    return each(
        (connection, frame) -> {
          if (!poison.test(frame)) {
            connection.acknowledge(frame);
          }
        });
  }

  /** Closes at each frame that fits, unacknowledged and not stored; is honest else. */
  public static Behaviour closeOn(Predicate<Frame> poison) {
    return connection -> {
      for (Frame frame = connection.read(); frame != null; frame = connection.read()) {
        if (poison.test(frame)) {
          return;
        }
        connection.store(frame);
        connection.acknowledge(frame);
      }
    };
  }

  private static Behaviour answering(Answer answer) {
    return each((connection, frame) -> connection.write(answer.to(frame)));
  }

  private static Behaviour each(Step afterStoring) {
    return connection -> {
      for (Frame frame = connection.read(); frame != null; frame = connection.read()) {
        connection.store(frame);
        afterStoring.with(connection, frame);
      }
    };
  }

  private static byte[] acknowledgement(Frame frame) throws IOException {
    String chunk = frame.chunk();
    return chunk == null ? new byte[0] : Connection.acknowledgement(chunk);
  }

  private static byte[] acknowledgementWithMore(Frame frame) throws IOException {
    @Nullable String chunk = frame.chunk();
    if (chunk == null) {
      return new byte[0];
    }
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packMapHeader(3);
      packer.packString("server").packString("not asked for");
      packer.packString("ack").packString(chunk);
      packer.packString("took").packArrayHeader(2).packInt(1).packNil();
      return packer.toByteArray();
    }
  }

  @FunctionalInterface
  private interface Answer {
    byte[] to(Frame frame) throws IOException;
  }

  @FunctionalInterface
  private interface Step {
    void with(Connection connection, Frame frame) throws IOException;
  }
}

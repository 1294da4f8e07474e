package dev.shiplog.testkit;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CodingErrorAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageInsufficientBufferException;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;
import org.msgpack.value.ValueType;

/**
 * Reads frames of the forward protocol, version 1, from a stream. It is stricter than the servers:
 * what any one of them would refuse or misread is malformed here.
 *
 * <p>Used by one thread.
 */
final class FrameReader {
  /** As fluentd's bound after decompression. */
  private static final int MAX_PAYLOAD_BYTES = 256 << 20;

  private static final MessagePack.UnpackerConfig STRICT =
      new MessagePack.UnpackerConfig()
          .withActionOnMalformedString(CodingErrorAction.REPORT)
          .withActionOnUnmappableString(CodingErrorAction.REPORT);

  private final MessageUnpacker unpacker;

  FrameReader(InputStream in) {
    unpacker = STRICT.newUnpacker(in);
  }

  /**
   * The next frame, or null when the stream ends between two frames.
   *
   * @throws EOFException when the stream ends within a frame
   * @throws MalformedFrameException when this is no frame; the stream is of no use after it
   */
  @Nullable Frame read() throws IOException {
    try {
      return unpacker.hasNext() ? frame() : null;
    } catch (MessageInsufficientBufferException e) {
      throw (IOException) new EOFException("the stream ended within a frame").initCause(e);
    } catch (MessagePackException e) {
      throw new MalformedFrameException("this is no msgpack of a frame: " + e.getMessage(), e);
    }
  }

  /**
   * The elements of the array that comes next, or null when the stream ends before it: what a peer
   * says in a handshake, of no more than some hundred bytes.
   */
  @Nullable List<Value> readArray() throws IOException {
    try {
      if (!unpacker.hasNext()) {
        return null;
      }
      Value value = unpacker.unpackValue();
      if (!value.isArrayValue()) {
        throw new MalformedFrameException("no array in the handshake but " + value.getValueType());
      }
      return value.asArrayValue().list();
    } catch (MessageInsufficientBufferException e) {
      throw (IOException) new EOFException("the stream ended within a PING").initCause(e);
    } catch (MessagePackException e) {
      throw new MalformedFrameException("this is no msgpack of a PING: " + e.getMessage(), e);
    }
  }

  /** How many bytes were made into frames. */
  long totalReadBytes() {
    return unpacker.getTotalReadBytes();
  }

  private Frame frame() throws IOException {
    int length = unpacker.unpackArrayHeader();
    if (length < 2 || length > 4) {
      throw new MalformedFrameException("a frame of " + length + " elements");
    }
    String tag = unpacker.unpackString();
    ValueType second = unpacker.getNextFormat().getValueType();
    return switch (second) {
      case ARRAY -> forward(tag, length);
      case STRING, BINARY -> packed(tag, second, length);
      default -> message(tag, length);
    };
  }

  private Frame message(String tag, int length) throws IOException {
    if (length < 3) {
      throw new MalformedFrameException("a message without a record, tag " + tag);
    }
    Instant time = JavaValues.time(unpacker.unpackValue());
    Map<String, @Nullable Object> fields = record(unpacker.unpackValue());
    Map<String, @Nullable Object> option = option(length == 4);
    ReceivedEvent event = new ReceivedEvent(tag, time, fields, chunk(option));
    return checked(new Frame(tag, Frame.Mode.MESSAGE, List.of(event), option));
  }

  private Frame forward(String tag, int length) throws IOException {
    List<Value> entries = unpacker.unpackValue().asArrayValue().list();
    Map<String, @Nullable Object> option = option(hasOption(tag, length));
    return checked(new Frame(tag, Frame.Mode.FORWARD, events(tag, entries, chunk(option)), option));
  }

  private Frame packed(String tag, ValueType type, int length) throws IOException {
    int size =
        type == ValueType.STRING ? unpacker.unpackRawStringHeader() : unpacker.unpackBinaryHeader();
    if (size > MAX_PAYLOAD_BYTES) {
      throw new MalformedFrameException("a payload of " + size + " bytes, tag " + tag);
    }
    byte[] payload = unpacker.readPayload(size);
    Map<String, @Nullable Object> option = option(hasOption(tag, length));
    InputStream entries = Decompression.of(option, new ByteArrayInputStream(payload));
    Frame.Mode mode =
        Decompression.isNone(option)
            ? Frame.Mode.PACKED_FORWARD
            : Frame.Mode.COMPRESSED_PACKED_FORWARD;
    return checked(new Frame(tag, mode, events(tag, values(entries), chunk(option)), option));
  }

  /** All values of a payload; here an end within a value is the sender's mistake. */
  private static List<Value> values(InputStream in) throws IOException {
    List<Value> values = new ArrayList<>();
    try (MessageUnpacker payload = STRICT.newUnpacker(in)) {
      while (payload.hasNext()) {
        values.add(payload.unpackValue());
      }
    } catch (MessagePackException | EOFException e) {
      throw new MalformedFrameException(
          "the payload breaks after " + values.size() + " entries: " + e.getMessage(), e);
    }
    return values;
  }

  private static List<ReceivedEvent> events(String tag, List<Value> entries, @Nullable String chunk)
      throws IOException {
    List<ReceivedEvent> events = new ArrayList<>(entries.size());
    for (Value entry : entries) {
      if (!entry.isArrayValue() || entry.asArrayValue().size() != 2) {
        throw new MalformedFrameException("an entry is no [time, record]: " + entry);
      }
      Instant time = JavaValues.time(entry.asArrayValue().get(0));
      events.add(new ReceivedEvent(tag, time, record(entry.asArrayValue().get(1)), chunk));
    }
    return List.copyOf(events);
  }

  private static Map<String, @Nullable Object> record(Value value) throws MalformedFrameException {
    if (!value.isMapValue()) {
      throw new MalformedFrameException("a record is no map: " + value);
    }
    return JavaValues.map(value.asMapValue());
  }

  private static boolean hasOption(String tag, int length) throws MalformedFrameException {
    if (length > 3) {
      throw new MalformedFrameException("elements after the option, tag " + tag);
    }
    return length == 3;
  }

  private Map<String, @Nullable Object> option(boolean present) throws IOException {
    if (!present) {
      return Map.of();
    }
    Value value = unpacker.unpackValue();
    if (!value.isMapValue()) {
      throw new MalformedFrameException("the option is no map: " + value);
    }
    return JavaValues.map(value.asMapValue());
  }

  /** The chunk id; Fluent Bit closes the connection when it is not a str. */
  private static @Nullable String chunk(Map<String, @Nullable Object> option)
      throws MalformedFrameException {
    Object chunk = option.get("chunk");
    if (chunk == null || chunk instanceof String) {
      return (String) chunk;
    }
    throw new MalformedFrameException("option.chunk is no str but " + chunk.getClass());
  }

  /** fluentd trusts option.size, so a wrong one is a wrong count in its metrics. */
  private static Frame checked(Frame frame) throws MalformedFrameException {
    Object size = frame.option().get("size");
    if (size != null && !size.equals((long) frame.events().size())) {
      throw new MalformedFrameException(
          "option.size is " + size + " with " + frame.events().size() + " events");
    }
    return frame;
  }
}

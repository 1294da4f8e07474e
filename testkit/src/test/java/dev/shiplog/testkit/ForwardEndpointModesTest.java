package dev.shiplog.testkit;

import static dev.shiplog.testkit.Sender.bytes;
import static dev.shiplog.testkit.Sender.concatenated;
import static dev.shiplog.testkit.Sender.entry;
import static dev.shiplog.testkit.Sender.eventTime;
import static dev.shiplog.testkit.Sender.map;
import static dev.shiplog.testkit.Sender.option;
import static dev.shiplog.testkit.Sender.packed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.msgpack.value.ValueFactory.newArray;
import static org.msgpack.value.ValueFactory.newBinary;
import static org.msgpack.value.ValueFactory.newFloat;
import static org.msgpack.value.ValueFactory.newInteger;
import static org.msgpack.value.ValueFactory.newNil;
import static org.msgpack.value.ValueFactory.newString;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.msgpack.value.Value;

/** Every shape of frame, and what is none. */
class ForwardEndpointModesTest {
  private static final Instant TIME = Instant.parse("2026-11-23T10:15:30.123456789Z");
  private static final Value RECORD = map("message", "hello", "status", 200);

  private ForwardEndpoint endpoint;
  private Sender sender;

  @BeforeEach
  void start() throws IOException {
    endpoint = ForwardEndpoint.start();
    sender = new Sender(endpoint.port());
  }

  @AfterEach
  void stop() throws IOException {
    sender.close();
    endpoint.close();
  }

  static Stream<Arguments> modes() throws IOException {
    Value time = eventTime(TIME);
    byte[] entry = entry(time, RECORD);
    Value option = option(1, "id-1");
    Value gzip = map("size", 1, "chunk", "id-1", "compressed", "gzip");
    Value zstd = map("size", 1, "chunk", "id-1", "compressed", "zstd");
    Value message = newArray(newString("a.b"), time, RECORD, option);
    Value forward = newArray(newString("a.b"), newArray(newArray(time, RECORD)), option);
    return Stream.of(
        Arguments.of(Frame.Mode.MESSAGE, bytes(message)),
        Arguments.of(Frame.Mode.FORWARD, bytes(forward)),
        Arguments.of(Frame.Mode.PACKED_FORWARD, packed("a.b", entry, true, option)),
        Arguments.of(Frame.Mode.PACKED_FORWARD, packed("a.b", entry, false, option)),
        Arguments.of(
            Frame.Mode.COMPRESSED_PACKED_FORWARD, packed("a.b", Zstd.compress(entry), true, zstd)),
        Arguments.of(
            Frame.Mode.COMPRESSED_PACKED_FORWARD, packed("a.b", Sender.gzip(entry), true, gzip)),
        Arguments.of(
            Frame.Mode.COMPRESSED_PACKED_FORWARD, packed("a.b", Sender.gzip(entry), false, gzip)));
  }

  @ParameterizedTest
  @MethodSource("modes")
  void frame_isReadAndAcknowledgedInEveryMode(Frame.Mode mode, byte[] frame) throws IOException {
    sender.send(frame);

    assertThat(sender.answer()).isEqualTo("{\"ack\":\"id-1\"}");
    ReceivedEvent event = endpoint.await(1).get(0);
    assertThat(event.tag()).isEqualTo("a.b");
    assertThat(event.time()).isEqualTo(TIME);
    assertThat(event.fields()).containsEntry("message", "hello").containsEntry("status", 200L);
    assertThat(event.chunk()).isEqualTo("id-1");
    assertThat(endpoint.frames()).singleElement().extracting(Frame::mode).isEqualTo(mode);
    assertThat(endpoint.bytes()).isEqualTo(frame.length);
  }

  @Test
  void frame_isNotAnsweredWhenItHasNoOption() throws IOException {
    Value plain = newArray(newString("a"), newInteger(1_800_000_000), RECORD);
    sender.send(concatenated(bytes(plain), packed("a", "id-2", entry(eventTime(TIME), RECORD))));

    assertThat(sender.answer()).isEqualTo("{\"ack\":\"id-2\"}");
    ReceivedEvent first = endpoint.await(2).get(0);
    assertThat(first.chunk()).isNull();
    assertThat(first.time()).isEqualTo(Instant.ofEpochSecond(1_800_000_000));
  }

  @Test
  void eventTime_isUnderstoodAsExt8() throws IOException {
    byte[] fixed = bytes(eventTime(TIME));
    byte[] ext8 =
        concatenated(new byte[] {(byte) 0xC7, 8}, java.util.Arrays.copyOfRange(fixed, 1, 10));
    byte[] entry = concatenated(new byte[] {(byte) 0x92}, ext8, bytes(RECORD));
    assertThat(fixed[0]).isEqualTo((byte) 0xD7);

    sender.send(packed("a", "id", entry));

    assertThat(endpoint.await(1).get(0).time()).isEqualTo(TIME);
  }

  @Test
  void values_becomeTheirJavaKind() throws IOException {
    Value record =
        map(
            "big", newInteger(BigInteger.ONE.shiftLeft(63)),
            "half", newFloat(0.5),
            "none", newNil(),
            "list", newArray(newInteger(-1), newString("x")),
            "when", eventTime(TIME),
            "http", map("request", map("method", "GET")));
    sender.send(packed("a", "id", entry(eventTime(TIME), record)));

    ReceivedEvent event = endpoint.await(1).get(0);
    assertThat(event.field("big")).isEqualTo(BigInteger.ONE.shiftLeft(63));
    assertThat(event.field("half")).isEqualTo(0.5);
    assertThat(event.fields()).containsEntry("none", null);
    assertThat(event.field("list")).isEqualTo(List.of(-1L, "x"));
    assertThat(event.field("when")).isEqualTo(TIME);
    assertThat(event.field("http.request.method")).isEqualTo("GET");
    assertThat(event.field("http.response")).isNull();
    assertThat(event.fields().keySet())
        .containsExactly("big", "half", "none", "list", "when", "http");
  }

  static Stream<Arguments> malformed() throws IOException {
    byte[] entry = entry(eventTime(TIME), RECORD);
    Value name = newString("message");
    Value twice = org.msgpack.value.ValueFactory.newMap(new Value[] {name, name, name, name}, true);
    Value badTime =
        org.msgpack.value.ValueFactory.newExtension(
            (byte) 0, new byte[] {0, 0, 0, 1, -1, -1, -1, -1});
    byte[] latin1 = "\u00e4".getBytes(StandardCharsets.ISO_8859_1);
    return Stream.of(
        Arguments.of("no msgpack", new byte[] {(byte) 0xC1}),
        Arguments.of("a frame of 1", bytes(newArray(newString("a")))),
        Arguments.of("comes twice", packed("a", "id", entry(eventTime(TIME), twice))),
        Arguments.of("nanoseconds", packed("a", "id", entry(badTime, RECORD))),
        Arguments.of(
            "neither seconds nor", packed("a", "id", entry(newArray(newInteger(1)), RECORD))),
        Arguments.of("option.size is 2", packed("a", entry, true, option(2, "id"))),
        Arguments.of(
            "option.chunk is no str",
            packed("a", entry, true, map("chunk", newBinary(new byte[16])))),
        Arguments.of(
            "breaks after 1 entries",
            packed("a", concatenated(entry, new byte[] {(byte) 0x92}), true, map())),
        Arguments.of(
            "a record is no map", packed("a", "id", entry(eventTime(TIME), newString("x")))),
        Arguments.of(
            "no msgpack",
            packed("a", "id", entry(eventTime(TIME), map("message", newString(latin1))))),
        Arguments.of(
            "no string",
            packed("a", "id", entry(eventTime(TIME), map(newInteger(1), newInteger(1))))));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void malformedFrame_isAProblemAndNotAcknowledged(String problem, byte[] frame)
      throws IOException {
    sender.send(frame);

    assertThat(sender.isClosedByPeer()).isTrue();
    assertThat(endpoint.events()).isEmpty();
    assertThat(endpoint.problems()).singleElement().asString().contains(problem);
  }

  @Test
  void frame_isNoProblemWhenItsSenderDiesWithinIt() throws IOException {
    sender.send(new byte[] {(byte) 0x93, (byte) 0xA1, 'a', (byte) 0xC4, 100});
    endpoint.await("5 bytes", () -> endpoint.bytes() == 5);
    sender.close();
    endpoint.await("the end of the connection", () -> endpoint.openConnections() == 0);

    assertThat(endpoint.problems()).isEmpty();
  }
}

package dev.shiplog.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.transport.AnswerDecoder.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/** Answers as msgpack-java writes them, in pieces and in heaps. */
class AnswerDecoderTest {
  private static final byte[] ID = id("b8kIvQ2J0mPXMHwnG+j7LQ==");

  private static byte[] id(String id) {
    return id.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] pack(Value value) throws IOException {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packValue(value);
      return packer.toByteArray();
    }
  }

  private static byte[] ack(byte[] id) throws IOException {
    return pack(ValueFactory.newMap(text("ack"), ValueFactory.newString(id)));
  }

  private static Value text(String text) {
    return ValueFactory.newString(text);
  }

  /**
   * What a decoder says to bytes that arrive so many at a time, with the acknowledged id if any.
   */
  private static List<Answer> answers(byte[] bytes, int atATime) {
    AnswerDecoder decoder = new AnswerDecoder();
    List<Answer> answers = new ArrayList<>();
    for (int from = 0; from < bytes.length; ) {
      int n = Math.min(Math.min(atATime, bytes.length - from), decoder.room().remaining());
      decoder.room().put(bytes, from, n);
      from += n;
      for (Answer answer = decoder.next(); answer != Answer.INCOMPLETE; answer = decoder.next()) {
        answers.add(answer);
        if (answer == Answer.ACK) {
          assertThat(decoder.idIs(ID)).isTrue();
          assertThat(decoder.idIs(id("b8kIvQ2J0mPXMHwnG+j7LQ="))).isFalse();
          assertThat(decoder.idIs(id("b8kIvQ2J0mPXMHwnG+j7LR=="))).isFalse();
        } else {
          return answers;
        }
      }
    }
    return answers;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 10_000})
  void ack_isUnderstoodHoweverItIsCut(int atATime) throws IOException {
    assertThat(answers(ack(ID), atATime)).containsExactly(Answer.ACK);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 100, 4095, 4096, 100_000})
  void acks_areUnderstoodOneBehindTheOther(int atATime) throws IOException {
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int i = 0; i < 1000; i++) {
      many.writeBytes(ack(ID));
    }
    assertThat(answers(many.toByteArray(), atATime)).hasSize(1000).containsOnly(Answer.ACK);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 10_000})
  void ack_isFoundAmongOtherKeysOfAnyKind(int atATime) throws IOException {
    Value deep = ValueFactory.newNil();
    for (int i = 0; i < 200; i++) {
      deep = ValueFactory.newArray(deep);
    }
    byte[] answer =
        pack(
            ValueFactory.newMapBuilder()
                .put(text("took"), ValueFactory.newArray(ValueFactory.newFloat(1.5), deep))
                .put(ValueFactory.newInteger(-40_000), ValueFactory.newBoolean(true))
                .put(text("big"), ValueFactory.newInteger(new BigInteger("18446744073709551615")))
                .put(text("ac"), text("k"))
                .put(text("long"), text("y".repeat(300)))
                .put(text("ack"), ValueFactory.newBinary(ID))
                .put(text("at"), ValueFactory.newExtension((byte) 0, new byte[8]))
                .put(text("more"), ValueFactory.newExtension((byte) 9, new byte[300]))
                .put(text("acks"), ValueFactory.newMap(text("ack"), text("other")))
                .build());
    assertThat(answers(answer, atATime)).containsExactly(Answer.ACK);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10_000})
  void helo_isToldFromGarbage(int atATime) throws IOException {
    byte[] helo =
        pack(
            ValueFactory.newArray(
                text("HELO"), ValueFactory.newMap(text("nonce"), text("0123456789abcdef"))));
    assertThat(answers(helo, atATime)).containsExactly(Answer.HELO);
    assertThat(answers(pack(ValueFactory.newArray(text("HALO"))), atATime))
        .containsExactly(Answer.GARBAGE);
    byte[] empty = {(byte) 0xdc, 0, 0, (byte) 0xa4, 'H', 'E', 'L', 'O'};
    assertThat(answers(empty, atATime)).as("behind an empty array").containsExactly(Answer.GARBAGE);
    assertThat(answers(pack(ValueFactory.emptyArray()), atATime)).containsExactly(Answer.GARBAGE);
  }

  @Test
  void mapWithoutAnAck_isGarbage() throws IOException {
    assertThat(answers(pack(ValueFactory.emptyMap()), 1)).containsExactly(Answer.GARBAGE);
    assertThat(answers(pack(ValueFactory.newMap(text("ack"), ValueFactory.newNil())), 1))
        .containsExactly(Answer.GARBAGE);
    assertThat(answers(pack(ValueFactory.newMap(text("nack"), text("x"))), 1))
        .containsExactly(Answer.GARBAGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"HTTP/1.1 400 Bad Request\r\n\r\n", "\u00c1", "\u0000", "SSH-2.0-OpenSSH_9.2"})
  void text_isGarbage(String text) {
    assertThat(answers(text.getBytes(StandardCharsets.ISO_8859_1), 1))
        .containsExactly(Answer.GARBAGE);
  }

  @Test
  void endlessAnswer_isGarbageOnceTheBufferIsFull() {
    byte[] endless = new byte[100_000];
    byte[] start = {(byte) 0x81, (byte) 0xa3, 'a', 'c', 'k', (byte) 0xdb, -1, -1, -1, -1};
    System.arraycopy(start, 0, endless, 0, start.length);
    assertThat(answers(endless, 1000)).containsExactly(Answer.GARBAGE);

    byte[] hugeMap = new byte[5000];
    hugeMap[0] = (byte) 0xdf;
    Arrays.fill(hugeMap, 1, 5, (byte) -1);
    assertThat(answers(hugeMap, 1)).containsExactly(Answer.GARBAGE);
  }

  @RepeatedTest(200)
  void randomBytes_neverBreakOrStallTheDecoder() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    byte[] bytes = new byte[1 + random.nextInt(10_000)];
    random.nextBytes(bytes);
    bytes[0] = (byte) (0x80 | random.nextInt(32)); // a map or an array, so that it looks inside
    try {
      AnswerDecoder decoder = new AnswerDecoder();
      for (int from = 0; from < bytes.length; ) {
        int n = Math.min(1 + random.nextInt(50), decoder.room().remaining());
        n = Math.min(n, bytes.length - from);
        assertThat(n).as("room").isPositive();
        decoder.room().put(bytes, from, n);
        from += n;
        Answer answer = decoder.next();
        if (answer != Answer.INCOMPLETE) {
          return;
        }
      }
    } catch (Throwable e) {
      throw new AssertionError("seed " + seed, e);
    }
  }
}

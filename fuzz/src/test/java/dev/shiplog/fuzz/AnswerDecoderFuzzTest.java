package dev.shiplog.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.shiplog.transport.AnswerDecoder;
import dev.shiplog.transport.AnswerDecoder.Answer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageFormatException;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;

/**
 * Whatever an endpoint says: the decoder does not throw, always has room, finds the same answers in
 * whatever pieces they arrive, and takes nothing for an acknowledgement or a greeting that
 * msgpack-java does not read as one.
 */
class AnswerDecoderFuzzTest {
  /** What the decoder holds at most: beyond, where the pieces end makes a difference. */
  private static final int CAPACITY = 4096;

  @FuzzTest
  void answers_areTheSameInWhateverPieces(FuzzedDataProvider data) throws IOException {
    int piece = data.consumeInt(1, 300);
    byte[] bytes = data.consumeRemainingAsBytes();

    List<Answer> answers = decode(bytes, piece);

    if (bytes.length < CAPACITY) {
      assertThat(decode(bytes, 1)).isEqualTo(answers);
    }
    assertThat(answers.stream().limit(Math.max(0, answers.size() - 1)))
        .as("what follows garbage or a greeting is not looked at")
        .allMatch(answer -> answer == Answer.ACK);
    try {
      judge(bytes, answers);
    } catch (MessageFormatException unread) {
      // the judge minds the length of timestamps, which are nothing to an answer
      assertThat(unread).hasMessageContaining("Timestamp extension");
    }
  }

  /** All answers up to the first that is no acknowledgement. */
  private static List<Answer> decode(byte[] bytes, int piece) {
    AnswerDecoder decoder = new AnswerDecoder();
    List<Answer> answers = new ArrayList<>();
    for (int from = 0; from < bytes.length; ) {
      ByteBuffer room = decoder.room();
      assertThat(room.remaining()).isPositive();
      int length = Math.min(Math.min(piece, room.remaining()), bytes.length - from);
      room.put(bytes, from, length);
      from += length;
      Answer answer;
      while ((answer = decoder.next()) != Answer.INCOMPLETE) {
        answers.add(answer);
        if (answer != Answer.ACK) {
          return answers;
        }
      }
    }
    return answers;
  }

  /** Holds each answer against what a foreign parser reads in its place. */
  private static void judge(byte[] bytes, List<Answer> answers) throws IOException {
    AnswerDecoder decoder = new AnswerDecoder();
    int fed = 0;
    int from = 0;
    for (Answer answer : answers) {
      if (answer == Answer.GARBAGE) {
        return;
      }
      try (MessageUnpacker unpacker =
          MessagePack.newDefaultUnpacker(bytes, from, bytes.length - from)) {
        if (answer == Answer.HELO) {
          assertThat(unpacker.unpackArrayHeader()).isPositive();
          assertThat(text(unpacker.unpackValue())).isEqualTo("HELO");
          return;
        }
        Value value = unpacker.unpackValue();
        from += (int) unpacker.getTotalReadBytes();
        while (decoder.next() == Answer.INCOMPLETE) {
          int length = Math.min(decoder.room().remaining(), bytes.length - fed);
          decoder.room().put(bytes, fed, length);
          fed += length;
        }
        assertThat(ids(value)).anySatisfy(id -> assertThat(decoder.idIs(id)).isTrue());
      }
    }
  }

  /** What may be meant by the acknowledgement: its last id counts. */
  private static List<byte[]> ids(Value value) {
    return value.asMapValue().entrySet().stream()
        .filter(entry -> "ack".equals(text(entry.getKey())) && entry.getValue().isRawValue())
        .map(entry -> entry.getValue().asRawValue().asByteArray())
        .toList();
  }

  /** Servers write text as {@code str} or as {@code bin}. */
  private static @Nullable String text(Value value) {
    return value.isRawValue()
        ? new String(value.asRawValue().asByteArray(), StandardCharsets.ISO_8859_1)
        : null;
  }
}

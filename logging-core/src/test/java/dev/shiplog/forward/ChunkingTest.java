package dev.shiplog.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.shiplog.forward.FakeTransport.Sent;
import dev.shiplog.sink.Entry;
import dev.shiplog.sink.Outcome;
import dev.shiplog.status.DropReason;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What goes into which chunk, and when a chunk is complete. */
class ChunkingTest {
  private static final Duration MAX_AGE = Duration.ofSeconds(1);

  @Test
  void chunk_isSentWhenItIsOldEnoughAndNotBefore() {
    Stepped forward = new Stepped(Stepped.settings());
    forward.log(1);
    forward.log(2);
    forward.advance(MAX_AGE.minusNanos(1));
    forward.work();
    assertThat(forward.transport.sent).isEmpty();
    assertThat(forward.shipper.idleNanos()).isEqualTo(1);

    forward.advance(Duration.ofNanos(1));
    forward.work();

    assertThat(forward.transport.sent).hasSize(1);
    assertThat(forward.transport.last().numbers()).containsExactly(1L, 2L);
    assertThat(forward.transport.last().events()).isEqualTo(2);
    assertThat(forward.pending()).isEqualTo(2);
  }

  @Test
  void chunk_ageCountsFromItsFirstEventWhenTheWorkerSleptMeanwhile() {
    Stepped forward = new Stepped(Stepped.settings());
    forward.work();
    forward.advance(Duration.ofMillis(700));
    forward.log(1);
    forward.advance(Duration.ofMillis(300));
    forward.work();
    assertThat(forward.transport.sent).isEmpty();
    assertThat(forward.shipper.idleNanos()).isEqualTo(Duration.ofMillis(700).toNanos());

    forward.advance(Duration.ofMillis(700));
    forward.work();
    assertThat(forward.transport.sent).hasSize(1);
  }

  @Test
  void chunk_isSealedWhenTheNextEventDoesNotFit() {
    Stepped forward =
        new Stepped(Stepped.settings().with(new ForwardSettings.Chunks(10_000, MAX_AGE)));
    LongStream.rangeClosed(1, 7).forEach(n -> forward.log("app", n, 3000, 2));
    assertThat(forward.wakeUps).hasValue(2);

    forward.work();

    assertThat(forward.transport.sent)
        .extracting(Sent::numbers)
        .containsExactly(List.of(1L, 2L, 3L), List.of(4L, 5L, 6L));
  }

  @Test
  void chunk_keepsEntriesOfAnySizeWholeAcrossPages() {
    Stepped forward = new Stepped(Stepped.settings());
    LongStream.range(0, 300).forEach(n -> forward.log("app", n, (int) (n * 37 % 5000), 2));
    forward.advance(MAX_AGE);
    forward.work();
    forward.transport.acknowledgeAll();
    forward.work();

    assertThat(forward.transport.sent.stream().flatMap(sent -> sent.numbers().stream()))
        .containsExactlyElementsOf(LongStream.range(0, 300).boxed().toList());
    assertThat(forward.meters.snapshot().delivered()).isEqualTo(300);
    assertThat(forward.meters.snapshot().bufferBytes()).isZero();
  }

  @Test
  void chunk_holdsOneTag() {
    Stepped forward = new Stepped(Stepped.settings());
    forward.log("a", 1, 10, 2);
    forward.log("b", 2, 10, 2);
    forward.log("a", 3, 10, 2);
    forward.advance(MAX_AGE);
    forward.work();

    assertThat(forward.transport.sent)
        .extracting(Sent::tag, Sent::numbers)
        .containsExactlyInAnyOrder(tuple("a", List.of(1L, 3L)), tuple("b", List.of(2L)));
  }

  @Test
  void chunk_isItsOwnWhenOneEventIsLargerThanAChunk() {
    Stepped forward =
        new Stepped(Stepped.settings().with(new ForwardSettings.Chunks(10_000, MAX_AGE)));
    forward.log(1);
    assertThat(forward.log("app", 2, 50_000, 2)).isEqualTo(Outcome.ACCEPTED);
    forward.log(3);
    forward.advance(MAX_AGE);
    forward.work();

    assertThat(forward.transport.sent)
        .extracting(Sent::numbers)
        .containsExactly(List.of(1L), List.of(2L), List.of(3L));
  }

  @Test
  void event_isDroppedAndCountedWhenItIsLargerThanTheBuffer() {
    for (Overflow overflow :
        List.of(Overflow.DROP_OLDEST, Overflow.DROP_NEWEST, Overflow.block(Duration.ofDays(1)))) {
      Stepped forward = new Stepped(Stepped.small(4, overflow));
      forward.log(1);

      assertThat(forward.log("app", 2, 50_000, 4)).isEqualTo(Outcome.DROPPED);

      assertThat(forward.meters.dropped(DropReason.OVERFLOW, 4)).isEqualTo(1);
      assertThat(forward.pending()).as("the others stay").isEqualTo(1);
      forward.assertBalanced();
    }
  }

  @Test
  void tag_isTheHeadBeyondTheBoundOfTags() {
    Stepped forward = new Stepped(Stepped.settings().with(new ForwardSettings.Tags(2, "head")));
    for (int n = 0; n < 10_000; n++) {
      forward.log("tag" + n, n, 10, 2);
    }
    forward.log("tag1", 10_000, 10, 2);
    forward.advance(MAX_AGE);
    forward.work();
    forward.shipper.idleNanos();

    assertThat(forward.transport.sent)
        .extracting(Sent::tag)
        .containsExactlyInAnyOrder("tag0", "tag1", "head");
    assertThat(forward.meters.snapshot().retagged()).isEqualTo(9_998);
    assertThat(forward.told).hasSize(1).first().asString().contains("maxTags", "9998");
  }

  @Test
  void id_is128RandomBitsInBase64() {
    Stepped forward = new Stepped(Stepped.settings());
    for (int n = 0; n < 4; n++) {
      forward.log(n);
      forward.buffer.sealAll();
    }
    forward.work();

    assertThat(forward.transport.sent).extracting(Sent::id).doesNotHaveDuplicates();
    assertThat(forward.transport.sent)
        .allSatisfy(sent -> assertThat(Base64.getDecoder().decode(sent.id())).hasSize(16));
  }

  @Test
  void chunk_withoutAnEventIsNeverSent() {
    Stepped forward = new Stepped(Stepped.settings());
    byte[] tooShort = new byte[3];
    assertThatThrownBy(() -> forward.buffer.accept(new Entry().set(tooShort, 0, 9_000, "app", 2)))
        .isInstanceOf(IndexOutOfBoundsException.class);
    forward.log(1);
    forward.log("other", 2, 10, 2);
    forward.buffer.sealAll();
    forward.work();
    forward.transport.acknowledgeAll();
    forward.work();

    assertThat(forward.transport.sent)
        .extracting(Sent::numbers)
        .containsExactlyInAnyOrder(List.of(1L), List.of(2L));
    assertThat(forward.meters.snapshot().bufferBytes()).isZero();
  }
}

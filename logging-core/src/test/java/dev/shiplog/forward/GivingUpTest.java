package dev.shiplog.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.sink.Outcome;
import dev.shiplog.spool.Spool;
import dev.shiplog.spool.SpoolFolder;
import dev.shiplog.spool.SpoolSettings;
import dev.shiplog.spool.SpoolView;
import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What it takes to give up a chunk whose entries lie among those of other tags: little, since those
 * who log wait meanwhile. An entry that is looked for is marked, so marks tell what was read.
 */
@Timeout(60)
class GivingUpTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int TAGS = 40;

  @TempDir Path dir;

  private Stepped start(int segments) {
    Stepped forward = new Stepped(Stepped.spooled(dir, segments));
    forward.workOnDisk();
    return forward;
  }

  private static Meters.Snapshot meters(Stepped forward) {
    return forward.meters.snapshot();
  }

  /** How many frames of a kind are settled and not released. */
  private int settled(byte wanted) throws IOException {
    int[] found = {0};
    for (SpoolView view : SpoolView.below(dir)) {
      view.read(
          (position, kind, settled, bytes, offset, length) ->
              found[0] += settled && kind == wanted ? 1 : 0);
    }
    return found[0];
  }

  private void assertNextLifeHas(long pending) {
    Stepped next = start(8); // so that it need not drop any to have a file of its own
    assertThat(meters(next).recovered()).isEqualTo(pending);
    assertThat(meters(next).droppedTotal()).isZero();
  }

  @Test
  void dropOldest_looksForNoEntryWhereManyTagsAreInterleaved() throws IOException {
    Stepped forward = start(4);
    for (int n = 0; n < 1000; n++) {
      forward.log("tag" + n % TAGS, n, 500, 2);
      forward.workOnDisk();
    }

    assertThat(meters(forward).dropped().get(DropReason.OVERFLOW)).isGreaterThan(100);
    assertThat(settled(SpoolFrames.ENTRY)).isZero();
    // none for what is gone with its file, and one at most for each that began in there
    assertThat(settled(SpoolFrames.SEAL)).isBetween(1, 2 * TAGS);
    forward.crash();
    assertNextLifeHas(forward.pending());
  }

  @Test
  void expiredChunk_isSettledByOneFrame() throws IOException {
    Stepped forward = start(4);
    forward.log("old", 1, 100, 2);
    forward.advance(SECOND);
    forward.log("new", 2, 100, 2);
    forward.log("old", 3, 100, 2);
    forward.buffer.sealAll();
    forward.advance(Duration.ofDays(7));
    forward.workOnDisk();

    assertThat(meters(forward).dropped().get(DropReason.EXPIRED)).isEqualTo(2);
    assertThat(settled(SpoolFrames.ENTRY)).isZero();
    assertThat(settled(SpoolFrames.SEAL)).isEqualTo(1);
    forward.crash();
    assertNextLifeHas(1);
  }

  @Test
  void expiredChunks_areDroppedAFewInEachHoldOfTheLock() throws IOException {
    int[] holds = {0};
    ReentrantLock lock =
        new ReentrantLock() {
          @Override
          public void lock() {
            super.lock();
            holds[0]++;
          }
        };
    Meters meters = new Meters();
    Chunks chunks = new Chunks(lock, new Slab(1 << 20), meters);
    Backlog backlog = new Backlog(lock, chunks, (tag, entry, from, length, level) -> {}, meters);
    try (Spool spool = folder().openOwn()) {
      spool.prepare();
      Journal journal = new Journal(spool);
      List<Chunk> expired = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        Chunk chunk = new Chunk();
        chunk.open("tag" + i, 0, journal);
        append(journal, chunk);
        expired.add(chunk);
      }
      backlog.addFirst(expired);

      assertThat(backlog.dropExpired(1)).isEqualTo(500);
      assertThat(holds[0]).isGreaterThanOrEqualTo(500 / Backlog.EXPIRED_AT_ONCE);
      assertThat(journal.first()).isNull();
      assertThat(spool.start()).isEqualTo(spool.end());
    }
  }

  @Test
  void chunk_isSettledEntryByEntryAndFileByFileWhereASealHasNoRoom() throws IOException {
    String slow = "slow".repeat(30); // its seal is larger than the smallest entry
    Stepped forward = start(4);
    forward.log(slow, 0, 0, 2);
    for (int n = 0; n < 9; n++) {
      forward.log("busy", n, 4000, 2);
    }
    forward.shipper.doWork();
    assertThat(forward.transport.underWay).hasSize(1);
    Outcome outcome = Outcome.ACCEPTED;
    int entries = 1;
    for (int n = 0; outcome == Outcome.ACCEPTED; n++) {
      if (n % 200 == 0) {
        forward.log(slow, n, 0, 2);
        entries++;
      }
      outcome = forward.log("other", n, 0, 2);
      if (outcome == Outcome.ACCEPTED) {
        forward.workOnDisk();
      }
    }

    assertThat(meters(forward).dropped().get(DropReason.OVERFLOW)).isEqualTo(entries + 1);
    assertThat(settled(SpoolFrames.ENTRY)).as("under the lock of those who log").isZero();
    assertThat(forward.diskWakeUps).hasPositiveValue();
    int before = 0;
    for (int file = 0; file < 4; file++) {
      forward.disk.doWork();
      int now = settled(SpoolFrames.ENTRY);
      assertThat(now - before).as("file " + file).isPositive().isLessThan(entries / 2);
      before = now;
    }
    assertThat(before).isGreaterThanOrEqualTo(entries - 1); // the first may be released
    assertThat(forward.disk.doWork()).isZero();
    forward.crash();
    assertNextLifeHas(forward.pending());
  }

  @Test
  void sealWithoutAnId_saysNothingIfTheProcessDiedBeforeItWasSettled() throws IOException {
    try (Spool spool = folder().openOwn()) {
      spool.prepare();
      Journal journal = new Journal(spool);
      Chunk chunk = new Chunk();
      chunk.open("app", 0, journal);
      append(journal, chunk);
      journal.seal(chunk); // it was given none
    }
    try (Spool spool = folder().adoptOrphans().get(0)) {
      List<Chunk> chunks = Recovery.of(new Journal(spool), 1 << 20, () -> 0, () -> 0);

      assertThat(chunks).singleElement().matches(one -> one.events() == 1 && !one.hasId());
      assertThat(chunks.get(0).berth.isSealed()).isFalse();
    }
  }

  private SpoolFolder folder() {
    return SpoolFolder.in(dir, "service", "appender", SpoolSettings.of(Stepped.SEGMENT_BYTES * 4));
  }

  private static void append(Journal journal, Chunk chunk) {
    byte[] head = SpoolFrames.entryHead(2, chunk.tag());
    byte[] entry = Entries.entry(1, 10);
    int checksum = Journal.checksum(head, entry, 0, entry.length);
    assertThat(journal.append(chunk, head, entry, 0, entry.length, 2, checksum)).isPositive();
  }
}

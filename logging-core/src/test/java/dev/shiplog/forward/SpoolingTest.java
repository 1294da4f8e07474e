package dev.shiplog.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.forward.FakeTransport.Sent;
import dev.shiplog.sink.Outcome;
import dev.shiplog.spool.SpoolDisk;
import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;
import dev.shiplog.transport.Fault;
import dev.shiplog.transport.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Events in a spool, from one life of the process to the next. */
@Timeout(60)
class SpoolingTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @TempDir Path dir;

  private Stepped start() {
    return start(8);
  }

  private Stepped start(int segments) {
    Stepped forward = new Stepped(Stepped.spooled(dir, segments));
    forward.work();
    return forward;
  }

  private static void sealAndWork(Stepped forward) {
    forward.advance(SECOND);
    forward.work();
  }

  private static Meters.Snapshot meters(Stepped forward) {
    return forward.meters.snapshot();
  }

  @Test
  void event_isInTheSpoolAndNotInMemory() {
    Stepped forward = start();
    forward.log(1);

    assertThat(meters(forward).bufferBytes()).isZero();
    assertThat(meters(forward).spoolBytes()).isPositive();
    assertThat(forward.pending()).isEqualTo(1);
  }

  @Test
  void spooledChunk_isSentAsItWasLogged() {
    Stepped forward = start();
    for (int n = 0; n < 30; n++) {
      forward.log("t" + n % 3, n, 500 * (n % 4), n % 5);
    }
    sealAndWork(forward);

    assertThat(forward.transport.sent)
        .extracting(Sent::tag)
        .containsExactlyInAnyOrder("t0", "t1", "t2");
    for (Sent sent : forward.transport.sent) {
      int tag = sent.tag().charAt(1) - '0';
      assertThat(sent.numbers()).hasSize(10).isSorted().allMatch(n -> n % 3 == tag);
    }
    forward.transport.acknowledgeAll();
    forward.work();
    assertThat(meters(forward).delivered()).isEqualTo(30);
    assertThat(meters(forward).bufferBytes()).isZero();
    assertThat(forward.pending()).isZero();
  }

  @Test
  void memoryOfTravellingChunks_isGivenBackWhenTheyComeBack() {
    Stepped forward = start();
    forward.log(1);
    sealAndWork(forward);
    assertThat(meters(forward).bufferBytes()).isPositive();

    forward.transport.fail(Fault.CLOSED, true);
    forward.work();

    assertThat(meters(forward).bufferBytes()).isZero();
    assertThat(forward.pending()).isEqualTo(1);
  }

  @Test
  void events_areSentInTheNextLife() {
    Stepped first = start();
    for (int n = 0; n < 20; n++) {
      first.log("t" + n % 2, n, 100, 2);
    }
    first.crash();

    Stepped second = start();
    second.transport.acknowledgeAll();
    second.work();

    assertThat(second.transport.sent)
        .flatExtracting(Sent::numbers)
        .hasSize(20)
        .doesNotHaveDuplicates();
    assertThat(meters(second).recovered()).isEqualTo(20);
    assertThat(meters(second).accepted()).isZero();
    assertThat(meters(second).delivered()).isEqualTo(20);
  }

  @Test
  void sentChunk_isTheSameInTheNextLife() {
    Stepped first = start();
    for (int n = 0; n < 10; n++) {
      first.log(n);
    }
    sealAndWork(first);
    first.log(10);
    first.crash();

    Stepped second = start();

    assertThat(second.transport.sent.get(0)).isEqualTo(first.transport.sent.get(0));
    assertThat(second.transport.sent.get(1).numbers()).containsExactly(10L);
    assertThat(second.transport.sent.get(1).id()).isNotEqualTo(first.transport.sent.get(0).id());
  }

  @Test
  void recoveredChunk_isSealedBeforeItIsSent() {
    Stepped first = start();
    first.log(1);
    first.crash();
    Stepped second = start();
    second.crash();

    Stepped third = start();

    assertThat(third.transport.sent).isEqualTo(second.transport.sent);
  }

  @Test
  void acknowledgedChunk_isNotSentInTheNextLife() {
    Stepped first = start();
    first.log("a", 1, 100, 2);
    first.log("b", 2, 100, 2);
    sealAndWork(first);
    int acknowledged = first.transport.sent.get(0).tag().equals("a") ? 0 : 1;
    first.transport.acknowledge(acknowledged);
    first.work();
    first.log("a", 3, 100, 2);
    first.crash();

    Stepped second = start();

    assertThat(second.transport.sent)
        .flatExtracting(Sent::numbers)
        .containsExactlyInAnyOrder(2L, 3L);
  }

  @Test
  void folder_isGoneWhenAllThatWasRecoveredIsDelivered() {
    Stepped first = start();
    first.log(1);
    first.crash();
    Stepped second = start();
    assertThat(folders()).hasSize(2);
    second.transport.acknowledgeAll();
    second.work();

    assertThat(folders()).hasSize(1);
    second.crash();
    assertThat(folders()).isEmpty();
  }

  @Test
  void twoProcesses_shareAFolderAndTakeOnlyWhatIsLeftBehind() {
    Stepped one = start();
    Stepped other = start();
    one.log(1);
    other.log(2);
    other.crash();
    one.advance(Duration.ofSeconds(10));
    one.work();

    assertThat(one.transport.sent).flatExtracting(Sent::numbers).containsExactlyInAnyOrder(1L, 2L);
    assertThat(meters(one).recovered()).isEqualTo(1);
  }

  @Test
  void dropOldest_makesRoomInTheSpool() {
    Stepped forward = start(4);
    for (int n = 0; n < 100; n++) {
      forward.logPage(n);
      forward.workOnDisk();
      assertThat(meters(forward).spoolBytes()).isLessThanOrEqualTo(4L * Stepped.SEGMENT_BYTES);
    }
    Meters.Snapshot meters = meters(forward);

    assertThat(meters.dropped().get(DropReason.OVERFLOW)).isBetween(40L, 80L);
    assertThat(meters.pending()).isEqualTo(100 - meters.droppedTotal());
    forward.crash();
    Stepped second = start(4);
    assertThat(meters(second).recovered()).isEqualTo(meters.pending());
    assertThat(second.transport.sent.get(0).numbers()).contains(meters.droppedTotal());
  }

  @Test
  void dropOldest_dropsTheEventWhileTheOldestIsUnderWay() {
    Stepped forward = start(4);
    forward.log(0);
    sealAndWork(forward);
    for (int n = 1; n < 70; n++) {
      forward.logPage(n);
      forward.workOnDisk();
    }
    long dropped = meters(forward).droppedTotal();
    assertThat(dropped).isPositive();
    assertThat(forward.log("app", 70, 4000, 2)).isEqualTo(Outcome.DROPPED);

    forward.transport.fail(Fault.CLOSED, true);
    forward.work();
    assertThat(forward.log("app", 71, 4000, 2)).isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void dropNewest_keepsWhatIsInTheSpool() {
    Stepped forward = full(Overflow.DROP_NEWEST);
    forward.log("app", 998, 60_000, 2);

    assertThat(forward.log("app", 999, 60_000, 2)).isEqualTo(Outcome.DROPPED);
    assertThat(meters(forward).bufferBytes()).isZero();
    forward.crash();
    assertThat(meters(start(4)).recovered()).isEqualTo(meters(forward).pending());
  }

  @Test
  void stdout_takesWhatTheSpoolDoesNot() {
    Stepped forward = full(Overflow.STDOUT);
    forward.log("app", 999, 60_000, 2);

    assertThat(forward.spilled).contains(new Stepped.Spilled("app", 999, 2));
    assertThat(meters(forward).dropped().get(DropReason.SPILLED)).isEqualTo(forward.spilled.size());
  }

  @Test
  void block_waitsUntilAChunkHasLeftTheSpool() throws Exception {
    Stepped forward = full(Overflow.block(Duration.ofSeconds(20)));
    Thread caller = new Thread(() -> forward.log("app", 999, 60_000, 2));
    caller.start();
    while (caller.isAlive()) {
      sealAndWork(forward);
      forward.transport.acknowledgeAll();
    }

    assertThat(meters(forward).droppedTotal()).isZero();
  }

  /** Files of 64 KB hold 16 pages each, but for what stands round them. */
  private Stepped full(Overflow overflow) {
    Stepped forward =
        new Stepped(
            Stepped.spooled(
                Stepped.settings().with(new ForwardSettings.Buffer(1 << 20, overflow)), dir, 4));
    forward.workOnDisk();
    for (int n = 0; n < 4 * 15; n++) {
      forward.logPage(n);
      forward.workOnDisk();
    }
    assertThat(meters(forward).droppedTotal()).isZero();
    assertThat(forward.pending()).isEqualTo(4 * 15);
    return forward;
  }

  @Test
  void memory_takesEventsUntilTheSpoolIsOpen() {
    Stepped forward = new Stepped(Stepped.spooled(dir, 8));
    forward.log(1);
    assertThat(meters(forward).bufferBytes()).isPositive();
    forward.advance(SECOND);
    forward.transport.fail(Fault.UNREACHABLE, false);
    forward.workOnDisk();
    forward.log(2);
    forward.buffer.sealAll();
    forward.workOnDisk();

    assertThat(meters(forward).bufferBytes()).as("it was moved").isZero();
    forward.crash();
    assertThat(start().transport.sent)
        .flatExtracting(Sent::numbers)
        .containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  void memory_takesEventsWhileTheDiskIsFullAndTheSpoolGetsThemLater() {
    AtomicBoolean full = new AtomicBoolean(true);
    Stepped forward = new Stepped(Stepped.spooled(dir, 8), disk(full));
    forward.workOnDisk();
    forward.log(1);
    forward.workOnDisk();
    assertThat(meters(forward).bufferBytes()).isPositive();
    assertThat(forward.told).hasSize(1).first().asString().contains("No space left on device");

    full.set(false);
    forward.advance(Duration.ofSeconds(10));
    forward.workOnDisk();
    assertThat(forward.told).hasSize(2).last().asString().contains("is used again");
    forward.log(2);
    forward.buffer.sealAll();
    forward.workOnDisk();
    assertThat(meters(forward).bufferBytes()).isZero();

    forward.work();
    forward.transport.acknowledgeAll();
    forward.work();
    assertThat(meters(forward).delivered()).isEqualTo(2);
  }

  @Test
  void segmentInUse_isFilledThoughTheDiskIsFull() {
    AtomicBoolean full = new AtomicBoolean();
    Stepped forward = new Stepped(Stepped.spooled(dir, 8), disk(full));
    forward.workOnDisk();
    full.set(true);
    for (int n = 0; n < 15; n++) {
      forward.logPage(n);
      forward.workOnDisk();
      assertThat(meters(forward).bufferBytes()).as("event " + n).isZero();
    }
    assertThat(forward.told).singleElement().asString().contains("No space left on device");

    forward.log("app", 15, 10_000, 2);
    assertThat(meters(forward).bufferBytes()).isPositive();
    full.set(false);
    forward.advance(SECOND);
    forward.workOnDisk();
    assertThat(meters(forward).bufferBytes()).isZero();
    assertThat(meters(forward).droppedTotal()).isZero();
    assertThat(forward.told).hasSize(2).last().asString().contains("is used again");
  }

  private static SpoolDisk disk(AtomicBoolean full) {
    return (file, from, to) -> {
      if (full.get()) {
        throw new IOException("No space left on device");
      }
      SpoolDisk.REAL.zero(file, from, to);
    };
  }

  @Test
  void chunkFromMemory_staysApartFromTheOpenOneOfItsTag() {
    AtomicBoolean full = new AtomicBoolean(true);
    Stepped forward = new Stepped(Stepped.spooled(dir, 8), disk(full));
    forward.workOnDisk();
    for (int n = 1; n <= 2; n++) {
      forward.log(n);
      forward.buffer.sealAll();
    }
    full.set(false);
    forward.advance(Duration.ofSeconds(10));
    // moves one chunk; then the next event opens one in the spool, and grows on behind the other
    forward.disk.doWork();
    forward.log(3);
    forward.disk.doWork();
    forward.log(4);
    assertThat(meters(forward).bufferBytes()).isZero();
    sealAndWork(forward);

    assertThat(forward.transport.sent)
        .flatExtracting(Sent::numbers)
        .containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
  }

  @Test
  void expiredChunk_isDroppedAndCounted() {
    Stepped forward = start();
    forward.log(1);
    forward.advance(SECOND);
    forward.buffer.sealAll();
    forward.advance(Duration.ofDays(7));
    forward.workOnDisk();

    assertThat(meters(forward).dropped().get(DropReason.EXPIRED)).isEqualTo(1);
    assertThat(forward.pending()).isZero();
  }

  @Test
  void recoveredEvent_expiresByTheTimeItWasInTheSpool() throws IOException {
    Stepped first = start();
    first.log(1);
    first.crash();
    written(first.wall);
    Stepped second = new Stepped(Stepped.spooled(dir, 8));
    second.wall += Duration.ofDays(8).toNanos();
    second.workOnDisk();

    assertThat(meters(second).recovered()).isEqualTo(1);
    assertThat(meters(second).dropped().get(DropReason.EXPIRED)).isEqualTo(1);
  }

  @Test
  void recoveredEvent_isSentHoweverOldItIsByItsOwnTime() throws IOException {
    Stepped first = start();
    first.log(1);
    first.crash();
    Stepped second = new Stepped(Stepped.spooled(dir, 8));
    second.wall += Duration.ofDays(8).toNanos();
    written(second.wall - SECOND.toNanos());
    second.work();

    assertThat(second.transport.sent).flatExtracting(Sent::numbers).containsExactly(1L);
  }

  /** A file system that does not note what is written to a mapped file. */
  @Test
  void recoveredEvent_isSentThoughItsFileIsOlder() throws IOException {
    Stepped first = start();
    first.log(1);
    first.crash();
    written(first.wall - Duration.ofDays(8).toNanos());
    Stepped second = start();

    assertThat(second.transport.sent).flatExtracting(Sent::numbers).containsExactly(1L);
  }

  private void written(long nanos) throws IOException {
    for (Path segment : segments()) {
      Files.setLastModifiedTime(segment, FileTime.from(nanos, TimeUnit.NANOSECONDS));
    }
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      return files.filter(file -> file.toString().endsWith(".segment")).toList();
    }
  }

  @Test
  void timeOfDay_mayJumpWithoutAnythingBeingLostOrHeldUp() {
    Stepped forward = start();
    forward.wall -= Duration.ofHours(1).toNanos();
    forward.log(1);
    forward.crash();
    Stepped second = new Stepped(Stepped.spooled(dir, 8));
    second.wall -= Duration.ofDays(4000).toNanos();
    second.log(2);
    sealAndWork(second);
    second.wall += Duration.ofDays(8000).toNanos();
    sealAndWork(second);

    assertThat(second.transport.sent)
        .flatExtracting(Sent::numbers)
        .containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  void rest_staysInTheSpoolAndMemoryGoesThereToo() {
    Stepped forward = new Stepped(Stepped.spooled(dir, 8));
    forward.log(1);
    forward.buffer.sealAll();
    forward.shipper.doWork();
    assertThat(forward.transport.underWay).hasSize(1);
    forward.workOnDisk();
    forward.log(2);
    retire(forward);
    forward.log(3);

    assertThat(forward.spilled).isEmpty();
    assertThat(forward.pending()).isEqualTo(3);
    forward.crash();
    Stepped second = start();
    assertThat(second.transport.sent)
        .flatExtracting(Sent::numbers)
        .containsExactlyInAnyOrder(1L, 2L, 3L);
  }

  @Test
  void rest_followsTheRemainderWhenTheSpoolCannotBeUsed() {
    Stepped forward =
        new Stepped(
            Stepped.spooled(dir, 8),
            (file, from, to) -> {
              throw new IOException("No space left on device");
            });
    forward.workOnDisk();
    forward.log(1);
    retire(forward);
    forward.log(2);

    assertThat(forward.spilled)
        .containsExactly(new Stepped.Spilled("app", 1, 2), new Stepped.Spilled("app", 2, 2));
    assertThat(forward.pending()).isZero();
  }

  private static void retire(Stepped forward) {
    forward.buffer.retire();
    forward.buffer.sealAll();
    forward.shipper.finishBy(forward.now);
    forward.work();
  }

  @Test
  void hopelessChunk_isNoLongerInTheSpool() {
    Stepped forward = start();
    forward.log(1);
    sealAndWork(forward);
    forward.transport.settle(0, new Result.Rejected("the test wants it"));
    forward.work();

    assertThat(meters(forward).dropped().get(DropReason.REJECTED)).isEqualTo(1);
    forward.crash();
    assertThat(meters(start()).recovered()).isZero();
  }

  @Test
  void damagedEntries_areCountedAndNothingElseIsLost() throws Exception {
    Stepped forward = start();
    for (int n = 0; n < 20; n++) {
      forward.log(n);
    }
    try (var channel = Files.newByteChannel(segments().get(0), StandardOpenOption.WRITE)) {
      channel.position(1000).write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    }
    sealAndWork(forward);

    long damaged = forward.meters.dropped(DropReason.DAMAGED, 2);
    assertThat(damaged).isBetween(1L, 19L);
    assertThat(forward.transport.last().events()).isEqualTo((int) (20 - damaged));
    assertThat(forward.transport.last().numbers()).hasSize((int) (20 - damaged));
    forward.assertBalanced();
  }

  @Test
  void memoryError_inTheCallerLeavesChunksAsTheyWere() {
    Stepped forward = start();
    forward.log(1);
    forward.memoryError = new OutOfMemoryError("made up");
    assertThatThrownBy(() -> forward.log("other", 2, 100, 2)).isInstanceOf(OutOfMemoryError.class);
    forward.assertBalanced();
    forward.log("other", 3, 100, 2);
    forward.log(4);
    sealAndWork(forward);

    assertThat(forward.transport.sent)
        .extracting(Sent::numbers)
        .containsExactlyInAnyOrder(List.of(1L, 4L), List.of(3L));
    assertThat(meters(forward).accepted()).isEqualTo(3);
  }

  @Test
  void deletedFolder_costsNothingWhileTheProcessLivesAndIsMadeAnew() throws Exception {
    Stepped forward = start();
    forward.log(1);
    delete(dir.resolve("service"));
    forward.advance(Duration.ofSeconds(2));
    forward.buffer.sealAll();
    forward.workOnDisk();
    forward.log(2);
    forward.workOnDisk();
    assertThat(folders()).hasSize(1);
    forward.work();
    assertThat(forward.transport.sent).flatExtracting(Sent::numbers).containsExactlyInAnyOrder(1L);

    forward.crash();
    assertThat(start().transport.sent).flatExtracting(Sent::numbers).containsExactly(2L);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Test
  void folderThatCannotBeMade_leavesMemoryAndIsTriedAgain() throws Exception {
    Files.writeString(dir.resolve("service"), "a file is in the folder's place");
    Stepped forward = start();
    forward.log(1);
    for (int i = 0; i < 10; i++) {
      forward.advance(Duration.ofSeconds(5));
      forward.workOnDisk();
    }
    assertThat(forward.told).hasSize(1);
    assertThat(meters(forward).bufferBytes()).isPositive();

    Files.delete(dir.resolve("service"));
    forward.advance(Duration.ofSeconds(5));
    forward.workOnDisk();
    assertThat(forward.told).hasSize(2).last().asString().contains("is used");
    assertThat(meters(forward).bufferBytes()).isZero();
  }

  @Test
  void manyTags_takeNoMemoryBeyondTheirBound() {
    Stepped forward = start(64);
    for (int n = 0; n < 10_000; n++) {
      forward.log("tag" + n, n, 100, 2);
      forward.disk.doWork();
    }
    assertThat(meters(forward).bufferBytes()).isZero();
    forward.advance(SECOND);
    while (forward.pending() > 0) {
      forward.work();
      forward.transport.acknowledgeAll();
    }

    assertThat(forward.transport.sent.stream().map(Sent::tag).distinct()).hasSize(257);
    assertThat(forward.transport.sent).flatExtracting(Sent::numbers).hasSize(10_000);
  }

  private List<Path> folders() {
    Path appender = dir.resolve("service").resolve("appender");
    if (!Files.exists(appender)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(appender)) {
      return all.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

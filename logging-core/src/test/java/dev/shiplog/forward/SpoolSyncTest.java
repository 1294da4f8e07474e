package dev.shiplog.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.spool.SpoolDisk;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code spool.sync}: what is forced to disk and when, and what becomes of it when that fails. */
@Timeout(60)
class SpoolSyncTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  @TempDir Path dir;

  /** A disk that counts what it is asked to force, and may refuse. */
  private static final class CountingDisk implements SpoolDisk {
    int forced;
    @Nullable IOException refusal;

    @Override
    public void zero(FileChannel file, long from, long to) throws IOException {
      REAL.zero(file, from, to);
    }

    @Override
    public void force(MappedByteBuffer bytes, int from, int length) throws IOException {
      if (refusal != null) {
        throw refusal;
      }
      REAL.force(bytes, from, length);
      forced++;
    }
  }

  private final CountingDisk disk = new CountingDisk();

  private Stepped start(Disk.Sync sync) {
    Disk.Spooling spool =
        new Disk.Spooling(
            dir,
            "service",
            "appender",
            8L * Stepped.SEGMENT_BYTES,
            Duration.ofDays(7),
            sync,
            INTERVAL);
    Stepped forward = new Stepped(Stepped.with(Stepped.settings(), new Disk(spool, null)), disk);
    forward.workOnDisk();
    forward.told.clear();
    disk.forced = 0;
    return forward;
  }

  private static void seal(Stepped forward) {
    long unused = forward.buffer.sealAll();
    forward.workOnDisk();
  }

  @Test
  void none_forcesNothing() {
    Stepped forward = start(Disk.Sync.NONE);
    forward.log(1);
    seal(forward);
    forward.advance(Duration.ofMinutes(1));
    forward.workOnDisk();

    assertThat(disk.forced).isZero();
  }

  @Test
  void chunk_isForcedWhenItIsSealedAndOnce() {
    Stepped forward = start(Disk.Sync.CHUNK);
    forward.log(1);
    forward.workOnDisk();
    assertThat(disk.forced).as("it is still open").isZero();

    int wakeUps = forward.diskWakeUps.get();
    forward.advance(SECOND);
    assertThat(forward.buffer.sealAged(forward.now)).isEqualTo(1);
    assertThat(forward.diskWakeUps.get()).as("its keeper is told").isGreaterThan(wakeUps);
    forward.workOnDisk();
    assertThat(disk.forced).isEqualTo(1);

    forward.advance(Duration.ofMinutes(1));
    forward.workOnDisk();
    assertThat(disk.forced).isEqualTo(1);
    forward.log(2);
    seal(forward);
    assertThat(disk.forced).isEqualTo(2);
  }

  @Test
  void chunkFromMemory_isForcedOnceItIsInTheSpool() {
    Disk.Spooling spool =
        new Disk.Spooling(
            dir,
            "service",
            "appender",
            8L * Stepped.SEGMENT_BYTES,
            Duration.ofDays(7),
            Disk.Sync.CHUNK,
            INTERVAL);
    Stepped forward = new Stepped(Stepped.with(Stepped.settings(), new Disk(spool, null)), disk);
    forward.log(1);
    seal(forward);

    assertThat(forward.meters.snapshot().bufferBytes()).isZero();
    assertThat(disk.forced).isEqualTo(1);
  }

  @Test
  void interval_forcesWhatIsNewAtMostOnceAnInterval() {
    Stepped forward = start(Disk.Sync.INTERVAL);
    forward.advance(INTERVAL);
    forward.workOnDisk();
    assertThat(disk.forced).as("there is nothing").isZero();

    forward.log(1);
    forward.workOnDisk();
    assertThat(disk.forced).isEqualTo(1);
    forward.log(2);
    forward.advance(INTERVAL.dividedBy(2));
    forward.workOnDisk();
    assertThat(disk.forced).as("not yet").isEqualTo(1);
    forward.advance(INTERVAL.dividedBy(2));
    forward.workOnDisk();
    assertThat(disk.forced).isEqualTo(2);
    forward.advance(INTERVAL);
    forward.workOnDisk();
    assertThat(disk.forced).as("nothing new").isEqualTo(2);
  }

  @Test
  void chunk_isForcedLaterWhenTheDiskRefuses() {
    Stepped forward = start(Disk.Sync.CHUNK);
    disk.refusal = new IOException("Input/output error");
    forward.log(1);
    seal(forward);
    forward.advance(SECOND);
    forward.workOnDisk();

    assertThat(disk.forced).isZero();
    assertThat(forward.told)
        .singleElement()
        .asString()
        .contains("cannot be forced to disk", "Input/output error");
    disk.refusal = null;
    forward.workOnDisk();
    assertThat(disk.forced).as("the disk is left alone for a second").isZero();
    forward.advance(SECOND.dividedBy(2));
    assertThat(forward.disk.idleNanos()).isEqualTo(SECOND.dividedBy(2).toNanos());
    forward.advance(SECOND.dividedBy(2));
    forward.workOnDisk();
    assertThat(disk.forced).isEqualTo(1);
    assertThat(forward.told).hasSize(2).last().asString().contains("is forced to disk again");
    assertThat(forward.pending()).isEqualTo(1);
  }

  @Test
  void interval_forcesAgainWhenTheDiskRefuses() {
    Stepped forward = start(Disk.Sync.INTERVAL);
    disk.refusal = new IOException("Input/output error");
    forward.log(1);
    forward.workOnDisk();
    disk.refusal = null;
    forward.advance(INTERVAL.minusMillis(1));
    forward.workOnDisk();
    assertThat(disk.forced).isZero();
    forward.advance(Duration.ofMillis(1));
    forward.workOnDisk();

    assertThat(disk.forced).isEqualTo(1);
    assertThat(forward.told).hasSize(2);
  }
}

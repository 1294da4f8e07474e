package dev.shiplog.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.spool.Log.Read;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  @TempDir Path dir;

  @Test
  void frames_areReadAsTheyWereAppended() throws IOException {
    try (Spool spool = Log.folder(dir).openOwn()) {
      byte[] head = {1, 2, 3, 4};
      byte[] body = {9, 9, 5, 6, 9};
      assertThat(spool.prepare()).isTrue();
      int checksum = Spool.checksum((byte) 200, head, 3, body, 2, 2);
      long position = spool.append((byte) 200, head, 3, body, 2, 2, checksum);
      List<byte[]> read = new ArrayList<>();
      spool.read(
          spool.start(),
          spool.end(),
          (at, kind, settled, bytes, offset, length) -> {
            assertThat(at).isEqualTo(position);
            assertThat(kind).isEqualTo((byte) 200);
            assertThat(settled).isFalse();
            read.add(Arrays.copyOfRange(bytes, offset, offset + length));
          });

      assertThat(read).containsExactly(new byte[] {1, 2, 3, 5, 6});
    }
  }

  @Test
  void log_isFullWhenMaxBytesAreUsed() throws IOException {
    try (Spool spool = Log.folder(dir).openOwn()) {
      List<Read> written = Log.fill(spool, new Random(1), 300);

      assertThat(Log.append(spool, "x".repeat(300))).isEqualTo(Spool.FULL);
      assertThat(spool.bytes()).isEqualTo(8L * Log.SEGMENT);
      assertThat(Log.segmentFiles(dir)).hasSize(8);
      assertThat(Log.readAll(spool)).isEqualTo(written);
      assertThat(spool.trouble()).isNull();
      assertThat(spool.wantsPrepare()).isFalse();
    }
  }

  @Test
  void frameLargerThanASegment_isRefusedAndDoesNotFit() throws IOException {
    try (Spool spool = Log.folder(dir).openOwn()) {
      spool.prepare();
      int most = SegmentFormat.maxPayload(Log.SEGMENT);

      assertThat(spool.fits(most)).isTrue();
      assertThat(spool.fits(most + 1)).isFalse();
      assertThat(Log.append(spool, "x".repeat(most + 1))).isEqualTo(Spool.FULL);
      assertThat(Log.append(spool, "x".repeat(most))).isPositive();
      assertThat(Log.texts(Log.readAll(spool))).containsExactly("x".repeat(most));
    }
  }

  @Test
  void append_isNotReadyBeforeASegmentWasPrepared() throws IOException {
    try (Spool spool = Log.folder(dir).openOwn()) {
      assertThat(Log.append(spool, "a")).isEqualTo(Spool.NOT_READY);
      assertThat(spool.wantsPrepare()).isTrue();
      assertThat(spool.prepare()).isTrue();
      assertThat(Log.append(spool, "b")).isEqualTo(spool.start());
      assertThat(spool.wantsPrepare()).isTrue();
      assertThat(spool.prepare()).isTrue();
      assertThat(spool.prepare()).isFalse();
    }
  }

  @Test
  void releasedSegments_areUsedAgainAtOnce() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("releasedSegments_areUsedAgainAtOnce: seed " + seed);
    Random random = new Random(seed);
    try (Spool spool = Log.folder(dir).openOwn()) {
      List<Read> written = Log.fill(spool, random, 200);
      long last = spool.end();
      for (int round = 0; round < 100; round++) {
        // a segment's worth: the first frames of the second oldest segment stay
        long oldest = written.get(0).position() / Log.SEGMENT;
        written.removeIf(frame -> frame.position() / Log.SEGMENT == oldest);
        spool.release(written.get(0).position());
        for (long position = 0; position >= 0; ) {
          String text = round + ":" + "y".repeat(random.nextInt(200));
          position = Log.append(spool, text);
          if (position >= 0) {
            assertThat(position).isGreaterThanOrEqualTo(last);
            last = position;
            written.add(new Read(position, Log.KIND, false, text));
          }
        }
        assertThat(Log.readAll(spool)).isEqualTo(written);
        assertThat(spool.start()).isEqualTo(written.get(0).position());
      }
      assertThat(Log.segmentFiles(dir)).hasSize(8);
    }
  }

  @Test
  void recoveredLog_hasItsFramesAndMarks() throws IOException {
    SpoolFolder folder = Log.folder(dir);
    List<Read> written;
    try (Spool spool = folder.openOwn()) {
      written = Log.fill(spool, new Random(3), 100);
      spool.settle(written.get(20).position());
      spool.settle(written.get(20).position() + 8); // no frame begins here
      spool.release(written.get(10).position());
    }

    List<Spool> adopted = folder.adoptOrphans();

    assertThat(adopted).hasSize(1);
    assertThat(folder.adoptOrphans()).isEmpty();
    assertThat(folder.refusals()).isEmpty();
    try (Spool spool = adopted.get(0)) {
      List<Read> read = Log.readAll(spool);
      Read marked = written.get(20);
      assertThat(read.get(10))
          .isEqualTo(new Read(marked.position(), Log.KIND, true, marked.text()));
      assertThat(Log.texts(read)).isEqualTo(Log.texts(written.subList(10, written.size())));
      assertThat(read).filteredOn(Read::settled).hasSize(1);
      assertThat(spool.damage()).isNull();
      assertThat(spool.start()).isEqualTo(written.get(10).position());
    }
  }

  @Test
  void recoveredLog_takesMoreBehindItsTail() throws IOException {
    SpoolFolder folder = Log.folder(dir);
    List<Read> written = new ArrayList<>();
    for (int life = 0; life < 5; life++) {
      List<Spool> adopted = folder.adoptOrphans();
      try (Spool spool = adopted.isEmpty() ? folder.openOwn() : adopted.get(0)) {
        assertThat(Log.readAll(spool)).isEqualTo(written);
        long end = spool.end();
        String text = "life " + life;
        assertThat(Log.append(spool, text)).isEqualTo(Spool.NOT_READY);
        long position = Log.appendPrepared(spool, text);
        assertThat(position).isGreaterThanOrEqualTo(end);
        written.add(new Read(position, Log.KIND, false, text));
        spool.prepare();
      }
    }
    assertThat(Log.segmentFiles(dir)).hasSize(6); // one a life, and one ahead
  }

  @Test
  void recoveredLog_isFilledToItsBoundAndEmptied() throws IOException {
    SpoolFolder folder = Log.folder(dir);
    try (Spool spool = folder.openOwn()) {
      Log.appendPrepared(spool, "first");
    }
    Spool spool = folder.adoptOrphans().get(0);
    List<Read> written = Log.fill(spool, new Random(5), 100);

    assertThat(spool.bytes()).isEqualTo(8L * Log.SEGMENT);
    assertThat(Log.texts(Log.readAll(spool))).startsWith("first").hasSize(written.size() + 1);
    spool.release(spool.end());
    assertThat(Log.readAll(spool)).isEmpty();
    assertThat(Log.append(spool, "again")).isPositive();
    spool.delete();
    assertThat(folder.path()).isEmptyDirectory();
  }

  @Test
  void emptyOrphan_isRemoved() throws IOException {
    SpoolFolder folder = Log.folder(dir);
    try (Spool spool = folder.openOwn()) {
      Log.appendPrepared(spool, "sent");
      spool.release(spool.end());
      spool.prepare();
    }

    assertThat(folder.adoptOrphans()).isEmpty();
    assertThat(folder.path()).isEmptyDirectory();
  }

  @Test
  void closedLog_takesNothing() throws IOException {
    Spool spool = Log.folder(dir).openOwn();
    spool.prepare();
    spool.close();

    assertThat(Log.append(spool, "a")).isEqualTo(Spool.NOT_READY);
    assertThat(spool.prepare()).isFalse();
    spool.close();
    spool.delete();
  }

  @Test
  void force_makesNoDifferenceToWhatIsRead() throws IOException {
    try (Spool spool = Log.folder(dir).openOwn()) {
      spool.force();
      Log.appendPrepared(spool, "a");
      spool.force();
      spool.force();
      List<Read> more = Log.fill(spool, new Random(9), 200);
      spool.force();

      assertThat(Log.readAll(spool)).hasSize(more.size() + 1);
    }
  }

  @Test
  void worker_preparesAndForcesWhileTheOwnerAppends() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    try (Spool spool = Log.folder(dir).openOwn()) {
      CompletableFuture<Void> worker =
          CompletableFuture.runAsync(
              () -> {
                try {
                  while (!done.get()) {
                    spool.prepare();
                    spool.force();
                  }
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      List<Read> written = new ArrayList<>();
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      for (int n = 0; n < 20_000; ) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        long position = Log.append(spool, "n" + n);
        if (position >= 0) {
          written.add(new Read(position, Log.KIND, false, "n" + n));
          n++;
        } else if (position == Spool.FULL) {
          assertThat(Log.readAll(spool)).isEqualTo(written);
          written.subList(0, written.size() / 2).clear();
          spool.release(written.get(0).position());
        }
      }
      done.set(true);
      worker.get(60, TimeUnit.SECONDS);
      assertThat(Log.readAll(spool)).isEqualTo(written);
      assertThat(spool.trouble()).isNull();
    }
  }

  @Test
  void settings_divideSmallSpoolsIntoFourSegments() {
    assertThat(SpoolSettings.of(256L << 20).segmentBytes()).isEqualTo(8 << 20);
    assertThat(SpoolSettings.of(1 << 20).segmentBytes()).isEqualTo(256 << 10);
    assertThat(SpoolSettings.of(3 << 20).segmentBytes()).isEqualTo(512 << 10);
    assertThat(SpoolSettings.of(256 << 10).segmentBytes()).isEqualTo(64 << 10);
    assertThat(Log.small(new AtomicLong(), SpoolDisk.REAL).segmentBytes()).isEqualTo(Log.SEGMENT);
  }
}

package dev.shiplog.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.shiplog.spool.Log.Read;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fault 20: the disk is full, read-only or gone; the owner is told, and told when it is back. */
class DiskFaultsTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  @TempDir Path dir;

  private final AtomicLong clock = new AtomicLong();

  @Test
  void fullDisk_isToldAndRecoversByItself() throws IOException {
    AtomicBoolean full = new AtomicBoolean();
    SpoolDisk disk =
        (file, from, to) -> {
          SpoolDisk.REAL.zero(file, from, from + (to - from) / 2);
          if (full.get()) {
            throw new IOException("No space left on device");
          }
          SpoolDisk.REAL.zero(file, from, to);
        };
    try (Spool spool = Log.folder(dir, Log.small(clock, disk)).openOwn()) {
      checkRecoveryFrom(spool, () -> full.set(true), () -> full.set(false));
      assertThat(spool.trouble()).isNull();
    }
  }

  @Test
  void realFullDisk_isToldAndRecoversByItself() throws Exception {
    Path mount = Files.createDirectory(dir.resolve("mount"));
    run("mount", "-t", "tmpfs", "-o", "size=64k,mode=0700", "tmpfs", mount.toString());
    try {
      Path ballast = mount.resolve("ballast");
      try (Spool spool = Log.folder(mount, Log.small(clock, SpoolDisk.REAL)).openOwn()) {
        checkRecoveryFrom(
            spool, () -> fillUp(ballast), () -> assertThat(ballast.toFile().delete()).isTrue());
      }
    } finally {
      run("umount", "--lazy", mount.toString()); // it is still mapped
    }
  }

  /** With the disk full what is ready is used, what is released is used again, and no more. */
  private void checkRecoveryFrom(Spool spool, Runnable fill, Runnable empty) throws IOException {
    List<String> written = new ArrayList<>();
    append(spool, "before", written);
    fill.run();
    long position;
    do {
      position = append(spool, "on a full disk", written);
    } while (position >= 0);
    assertThat(position).isEqualTo(Spool.NOT_READY);
    assertThat(spool.prepare()).isFalse();
    assertThat(spool.trouble()).contains("No space left on device");
    assertThat(Log.texts(Log.readAll(spool))).isEqualTo(written);
    assertThat(spool.bytes()).isEqualTo((long) Log.segmentFiles(dir).size() * Log.SEGMENT);
    try (Stream<Path> all = Files.walk(dir)) {
      assertThat(all).noneMatch(file -> file.toString().endsWith(SegmentFile.UNFINISHED));
    }

    spool.release(spool.end());
    written.clear();
    if (spool.bytes() > Log.SEGMENT) {
      append(spool, "in place of the released", written);
      assertThat(written).hasSize(1);
    }
    while (append(spool, "and on", written) >= 0) {
      assertThat(written).hasSizeLessThan(1000);
    }

    empty.run();
    assertThat(spool.prepare()).isFalse(); // not at every call: the disk is left alone for a second
    clock.addAndGet(SECOND);
    assertThat(spool.prepare()).isTrue();
    assertThat(spool.trouble()).isNull();
    assertThat(append(spool, "after", written)).isPositive();
    assertThat(Log.texts(Log.readAll(spool))).isEqualTo(written);
  }

  private static long append(Spool spool, String text, List<String> written) {
    String longer = text + "-".repeat(200);
    long position = Log.append(spool, longer);
    if (position == Spool.NOT_READY && spool.prepare()) {
      position = Log.append(spool, longer);
    }
    if (position >= 0) {
      written.add(longer);
    }
    return position;
  }

  private static void fillUp(Path ballast) {
    try {
      Files.createFile(ballast);
      for (int size = 4096; size >= 1; size /= 8) {
        while (true) {
          Files.write(ballast, new byte[size], StandardOpenOption.APPEND);
        }
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left on device");
    }
  }

  @Test
  void deletedFolder_isMadeAnew() throws IOException {
    try (Spool spool = Log.folder(dir, Log.small(clock, SpoolDisk.REAL)).openOwn()) {
      long first = Log.appendPrepared(spool, "in the first folder");
      spool.prepare();
      deleteAll(dir.resolve("service"));
      clock.addAndGet(SECOND);
      assertThat(spool.prepare()).isTrue();

      long second = Log.appendPrepared(spool, "in the second folder");
      assertThat(second).isGreaterThan(first);
      assertThat(Log.texts(Log.readAll(spool)))
          .containsExactly("in the first folder", "in the second folder");
      assertThat(spool.bytes()).isEqualTo(2L * Log.SEGMENT);
      spool.release(second);
      List<Read> more = Log.fill(spool, new Random(4), 100);
      assertThat(Log.readAll(spool)).hasSize(1 + more.size());
      assertThat(spool.bytes()).isEqualTo(8L * Log.SEGMENT);
    }
    List<Spool> adopted = Log.folder(dir).adoptOrphans();
    assertThat(adopted).hasSize(1);
    assertThat(Log.texts(Log.readAll(adopted.get(0)))).startsWith("in the second folder");
    adopted.get(0).delete();
  }

  @Test
  void folderThatCannotBeMade_isToldUntilItCan() throws IOException {
    try (Spool spool = Log.folder(dir, Log.small(clock, SpoolDisk.REAL)).openOwn()) {
      Log.appendPrepared(spool, "a");
      deleteAll(dir.resolve("service"));
      Path obstacle = Files.writeString(dir.resolve("service"), "in the way");
      clock.addAndGet(SECOND);

      assertThat(spool.prepare()).isFalse();
      assertThat(spool.trouble()).isEqualTo(obstacle + ": is not a folder");
      assertThat(Log.append(spool, "b")).isEqualTo(Spool.NOT_READY);
      assertThat(spool.wantsPrepare()).isTrue();

      Files.delete(obstacle);
      clock.addAndGet(SECOND);
      assertThat(Log.appendPrepared(spool, "c")).isPositive();
      assertThat(spool.trouble()).isNull();
      assertThat(Log.texts(Log.readAll(spool))).containsExactly("a", "c");
    }
  }

  @Test
  void readOnlyFolder_isToldAndRecoversByItself() throws Exception {
    Path mount = Files.createDirectory(dir.resolve("mount"));
    run("mount", "-t", "tmpfs", "-o", "size=1m,mode=0700", "tmpfs", mount.toString());
    try (Spool spool = Log.folder(mount, Log.small(clock, SpoolDisk.REAL)).openOwn()) {
      // no write-protection holds back root, and what is mapped prevents a read-only remount
      Path process = Path.of(spool.toString());
      run("mount", "--bind", process.toString(), process.toString());
      run("mount", "-o", "remount,ro,bind", process.toString());
      assertThat(Log.appendPrepared(spool, "a")).isEqualTo(Spool.NOT_READY);
      assertThat(spool.trouble()).contains("Read-only file system");

      run("umount", process.toString());
      clock.addAndGet(SECOND);
      assertThat(Log.appendPrepared(spool, "b")).isPositive();
      assertThat(spool.trouble()).isNull();
    } finally {
      run("umount", "--lazy", mount.toString());
    }
  }

  @Test
  void readOnlyDirectory_failsToOpenWithAReason() throws IOException {
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeTrue(!Files.isWritable(dir), "root may write everywhere");
      assertThat(catchThrowable(() -> Log.folder(dir).openOwn())).isInstanceOf(IOException.class);
    } finally {
      Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /** Runs a command that needs rights which not every machine gives. */
  private static void run(String... command) throws Exception {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, "not run, since there is no " + command[0] + ": " + e);
      return;
    }
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assumeTrue(
        process.waitFor() == 0, "not run, since " + command[0] + " is not permitted: " + said);
  }

  private static void deleteAll(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }
}

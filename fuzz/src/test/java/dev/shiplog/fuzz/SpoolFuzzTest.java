package dev.shiplog.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.shiplog.spool.Spool;
import dev.shiplog.spool.SpoolDisk;
import dev.shiplog.spool.SpoolFolder;
import dev.shiplog.spool.SpoolSettings;
import dev.shiplog.spool.SpoolView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;

/**
 * Whatever the files of a dead process hold: they are read without a crash, seen from outside and
 * recovered alike, no record comes out that does not stand in a file under its checksum, and the
 * log goes on.
 */
class SpoolFuzzTest {
  private static final byte KIND = 'E';
  private static final int SEGMENT = 1024;
  private static final int FRAME_HEAD = 16;
  private static final byte[] NOTHING = {};

  /** More than all files together, whatever becomes of them: there must be room for one more. */
  private static final long MAX_BYTES = 256L * SEGMENT;

  private static final SpoolSettings SETTINGS =
      new SpoolSettings(MAX_BYTES, SEGMENT, System::nanoTime, SpoolDisk.REAL);

  private static final Path DIR = temporary();
  private static final SpoolFolder FOLDER = SpoolFolder.in(DIR, "service", "appender", SETTINGS);
  private static final List<byte[]> WRITTEN = write();
  private static int lives;

  /** A frame as a visitor sees it. */
  private static final class Frame {
    final byte kind;
    final byte[] payload;

    Frame(byte kind, byte[] bytes, int offset, int length) {
      this.kind = kind;
      this.payload = Arrays.copyOfRange(bytes, offset, offset + length);
    }
  }

  @FuzzTest
  void files_giveWhatStandsInThemAlone(FuzzedDataProvider data) throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (byte[] file : WRITTEN) {
      if (data.consumeInt(0, 7) > 0) {
        files.add(mutated(file, data));
      }
    }
    for (int copies = data.consumeInt(0, 2); copies > 0; copies--) {
      files.add(mutated(WRITTEN.get(data.consumeInt(0, WRITTEN.size() - 1)), data));
    }
    files.add(data.consumeRemainingAsBytes());
    lay(files);

    for (SpoolView view : SpoolView.below(DIR)) {
      List<Frame> seen = new ArrayList<>();
      view.read(
          (position, kind, settled, bytes, offset, length) ->
              seen.add(new Frame(kind, bytes, offset, length)));
      judge(seen, files);
    }
    List<Spool> adopted = FOLDER.adoptOrphans();
    assertThat(FOLDER.refusals()).isEmpty();
    assertThat(adopted).hasSizeLessThanOrEqualTo(1);
    for (Spool spool : adopted) {
      List<Frame> read = readAll(spool);
      judge(read, files);
      assertThat(append(spool, "new".getBytes(UTF_8))).isNotNegative();
      List<Frame> more = readAll(spool);
      assertThat(more).hasSize(read.size() + 1);
      assertThat(more.get(read.size()).payload).isEqualTo("new".getBytes(UTF_8));
      spool.delete();
    }
  }

  /** Each frame stands in a file, at a multiple of 8, behind the checksum of its bytes. */
  private static void judge(List<Frame> frames, List<byte[]> files) {
    for (Frame frame : frames) {
      assertThat(files.stream().anyMatch(file -> holds(file, frame)))
          .as("invented: %s", Arrays.toString(frame.payload))
          .isTrue();
    }
  }

  private static boolean holds(byte[] file, Frame frame) {
    CRC32C crc = new CRC32C();
    crc.update(frame.payload);
    int checksum = (int) crc.getValue() ^ frame.kind * 0x01000193;
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int length = frame.payload.length;
    for (int at = 0; at + FRAME_HEAD + length <= file.length; at += 8) {
      int from = at + FRAME_HEAD;
      if (bytes.getInt(at + 8) == checksum
          && (bytes.getInt(at) & 0xff_ffff) == length
          && Arrays.equals(file, from, from + length, frame.payload, 0, length)) {
        return true;
      }
    }
    return false;
  }

  private static byte[] mutated(byte[] whole, FuzzedDataProvider data) {
    byte[] bytes = whole.clone();
    for (int times = data.consumeInt(0, 4); times > 0 && bytes.length > 0; times--) {
      int at = data.consumeInt(0, bytes.length - 1);
      switch (data.consumeInt(0, 4)) {
        case 0 -> bytes[at] ^= (byte) (1 << data.consumeInt(0, 7));
        case 1 -> {
          byte[] patch = data.consumeBytes(16);
          System.arraycopy(patch, 0, bytes, at, Math.min(patch.length, bytes.length - at));
        }
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        case 3 -> bytes = Arrays.copyOf(bytes, bytes.length + at);
        default -> {
          byte[] other = WRITTEN.get(data.consumeInt(0, WRITTEN.size() - 1));
          int from = data.consumeInt(0, other.length - 1);
          int length = Math.min(other.length - from, bytes.length - at);
          System.arraycopy(other, from, bytes, at, length);
        }
      }
    }
    return bytes;
  }

  /** What a dead process leaves behind. */
  private static void lay(List<byte[]> files) throws IOException {
    FileAttribute<?> owner =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Path process =
        Files.createDirectory(
            FOLDER.path().resolve("4711-dead-" + ++lives),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.createFile(process.resolve("lock"), owner);
    for (int i = 0; i < files.size(); i++) {
      String name = "%08d.segment".formatted(i);
      Files.write(Files.createFile(process.resolve(name), owner), files.get(i));
    }
  }

  /** Segments of a real log, some of them used for the second time, frames settled and released. */
  private static List<byte[]> write() {
    try {
      Spool spool = FOLDER.openOwn();
      long last = 0;
      for (int n = 0; n < 100; n++) {
        last = append(spool, ("first " + n + "-".repeat(n % 60)).getBytes(UTF_8));
        if (n % 10 == 9) {
          spool.release(last);
        }
      }
      spool.release(spool.end());
      for (int n = 0; n < 60; n++) {
        last = append(spool, ("again " + n + "-".repeat(n % 50)).getBytes(UTF_8));
        if (n % 7 == 0) {
          spool.settle(last);
        }
      }
      List<byte[]> files = new ArrayList<>();
      try (Stream<Path> all = Files.walk(DIR)) {
        for (Path file :
            all.filter(path -> path.toString().endsWith(".segment")).sorted().toList()) {
          files.add(Files.readAllBytes(file));
        }
      }
      spool.delete();
      return files;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static long append(Spool spool, byte[] body) {
    int checksum = Spool.checksum(KIND, NOTHING, 0, body, 0, body.length);
    long position = spool.append(KIND, NOTHING, 0, body, 0, body.length, checksum);
    while (position < 0 && spool.prepare()) {
      position = spool.append(KIND, NOTHING, 0, body, 0, body.length, checksum);
    }
    return position;
  }

  private static List<Frame> readAll(Spool spool) {
    List<Frame> frames = new ArrayList<>();
    spool.read(
        spool.start(),
        spool.end(),
        (position, kind, settled, bytes, offset, length) ->
            frames.add(new Frame(kind, bytes, offset, length)));
    return frames;
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("shiplog-fuzz");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterAll
  static void removeFiles() throws IOException {
    try (Stream<Path> all = Files.walk(DIR)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

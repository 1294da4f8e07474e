package dev.shiplog.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.spool.Log.Read;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fault 21: whatever is done to the files of a dead process, recovery finds what was written, in
 * order, less what was damaged, and nothing else.
 */
class DamageTest {
  @TempDir Path dir;

  private final List<Read> written = new ArrayList<>();
  private final Map<String, byte[]> files = new TreeMap<>();
  private SpoolFolder folder;
  private long start;
  private int copies;

  /** Segments that are used for the second time: what is behind the tail is not zero. */
  @BeforeEach
  void writeALog() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("DamageTest: seed " + seed);
    Random random = new Random(seed);
    folder = Log.folder(dir);
    Spool spool = folder.openOwn();
    List<Read> released = Log.fill(spool, random, 120);
    spool.release(spool.end());
    long before = spool.end();
    start = before;
    // a damaged note of what is released lets these come back
    released.stream()
        .filter(frame -> frame.position() / Log.SEGMENT == before / Log.SEGMENT)
        .forEach(written::add);
    int n = 0;
    while (spool.end() < before + 2L * Log.SEGMENT + Log.SEGMENT / 2) {
      String text = "again " + n++ + "-".repeat(random.nextInt(120));
      written.add(new Read(Log.append(spool, text), Log.KIND, false, text));
    }
    for (Path file : Log.segmentFiles(dir)) {
      byte[] bytes = Files.readAllBytes(file);
      if (written.stream().anyMatch(frame -> frame.position() / Log.SEGMENT == sequence(bytes))) {
        files.put(file.getFileName().toString(), bytes);
      }
    }
    spool.delete();
  }

  @Test
  void truncatedFile_losesWhatWasCutOffAlone() throws IOException {
    String last = List.copyOf(files.keySet()).get(files.size() - 1);
    byte[] whole = content(last);
    for (int length = 0; length < whole.length; length++) {
      int kept = length;
      check(
          with(last, Arrays.copyOf(whole, length)),
          frame ->
              frame.position() / Log.SEGMENT != sequence(whole)
                  || kept >= SegmentFormat.HEADER_BYTES
                      && frame.position() % Log.SEGMENT + size(frame) <= kept,
          last + " cut at " + length);
    }
  }

  @Test
  void flippedBit_costsTheRecordThatItIsInAlone() throws IOException {
    for (byte[] whole : files.values()) {
      for (int bit = 0; bit < 8 * whole.length; bit++) {
        SegmentCheck check = SegmentCheck.of(flipped(whole, bit));
        SegmentFormat.Header header = Objects.requireNonNull(check.header());
        FrameWalk walk =
            new FrameWalk(flipped(whole, bit), header, check.from(), 1024, new byte[256]);
        List<Read> read = new ArrayList<>();
        while (walk.next()) {
          String text = new String(walk.bytes(), 0, walk.length(), UTF_8);
          long position = sequence(whole) * Log.SEGMENT + walk.offset();
          read.add(new Read(position, walk.kind(), walk.settled(), text));
        }
        int at = bit / 8;
        compare(
            read,
            frame -> frame.position() / Log.SEGMENT == sequence(whole) && !isIn(frame, at),
            "bit " + bit + " flipped");
        assertThat(!check.damage().isNone() || read.size() >= check.frames()).isTrue();
      }
    }
  }

  private static ByteBuffer flipped(byte[] whole, int bit) {
    byte[] bytes = whole.clone();
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    return SegmentFormat.ordered(ByteBuffer.wrap(bytes));
  }

  private static boolean isIn(Read frame, int offset) {
    long begin = frame.position() % Log.SEGMENT;
    return offset >= begin && offset < begin + size(frame);
  }

  @Test
  void flippedBitInAnyFile_costsTheRecordThatItIsInAlone() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("flippedBitInAnyFile: seed " + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 400; round++) {
      String name = List.copyOf(files.keySet()).get(random.nextInt(files.size()));
      byte[] whole = content(name);
      int bit = random.nextInt(8 * (round % 2 == 0 ? 2 * SegmentFormat.FRAMES : whole.length));
      check(
          with(name, flipped(whole, bit).array()),
          frame -> frame.position() / Log.SEGMENT != sequence(whole) || !isIn(frame, bit / 8),
          name + " with bit " + bit + " flipped");
    }
  }

  @Test
  void garbage_isNeverARecord() throws IOException {
    long seed = new Random().nextLong();
    System.out.println("garbage_isNeverARecord: seed " + seed);
    Random random = new Random(seed);
    List<byte[]> all = List.copyOf(files.values());
    for (int round = 0; round < 300; round++) {
      Map<String, byte[]> garbage = new TreeMap<>();
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        garbage.put(file.getKey(), mangled(file.getValue(), all, random));
      }
      byte[] noise = new byte[random.nextInt(3 * Log.SEGMENT)];
      random.nextBytes(noise);
      garbage.put("99999999.segment", noise);
      garbage.put("no number.segment", noise);
      check(garbage, frame -> false, "round " + round);
    }
  }

  @Test
  void damagedFile_isReportedAndKeptApart() throws IOException {
    String name = files.keySet().iterator().next();
    byte[] damaged = content(name).clone();
    damaged[SegmentFormat.FRAMES + 20] ^= 1;
    Path process = lay(with(name, damaged));

    Spool spool = folder.adoptOrphans().get(0);
    assertThat(spool.damage()).isEqualTo("1 damaged places in 1 files, 0 files unreadable");
    spool.release(spool.end());
    assertThat(spool.prepare()).isTrue();

    Path kept = folder.path().resolve("damaged");
    byte[] copy = Files.readAllBytes(kept.resolve(process.getFileName() + "-" + name + ".damaged"));
    assertThat(Arrays.copyOfRange(copy, SegmentFormat.FRAMES, copy.length))
        .isEqualTo(Arrays.copyOfRange(damaged, SegmentFormat.FRAMES, damaged.length));
    spool.delete();
    assertThat(process).doesNotExist();
  }

  @Test
  void quarantine_keepsTheNewestWithinAQuarterOfTheBound() throws IOException {
    for (int round = 0; round < 10; round++) {
      lay(Map.of("0000000" + round + ".segment", new byte[700]));
      for (Spool spool : folder.adoptOrphans()) {
        assertThat(spool.damage()).isEqualTo("0 damaged places in 0 files, 1 files unreadable");
        spool.delete();
      }
    }
    try (Stream<Path> kept = Files.list(folder.path().resolve("damaged"))) {
      assertThat(kept.map(Path::toString))
          .hasSize(2) // of 700 bytes each, in two segments
          .anyMatch(name -> name.endsWith("00000009.segment.damaged"));
    }
  }

  /** Overwrites, moves, cuts and extends parts of a file. */
  private static byte[] mangled(byte[] whole, List<byte[]> all, Random random) {
    byte[] bytes = Arrays.copyOf(whole, 1 + random.nextInt(5 * whole.length / 4));
    for (int times = random.nextInt(4); times > 0; times--) {
      int from = random.nextInt(bytes.length);
      int n = random.nextInt(bytes.length - from);
      byte[] other = all.get(random.nextInt(all.size()));
      for (int i = from; i < from + n; i++) {
        bytes[i] = random.nextBoolean() ? other[i % other.length] : (byte) random.nextInt();
      }
      int moved = Math.min(n, whole.length / 2);
      System.arraycopy(
          whole,
          random.nextInt(whole.length - moved),
          bytes,
          random.nextInt(bytes.length - moved),
          moved);
    }
    return bytes;
  }

  private byte[] content(String name) {
    return Objects.requireNonNull(files.get(name));
  }

  private Map<String, byte[]> with(String name, byte[] bytes) {
    Map<String, byte[]> changed = new TreeMap<>(files);
    changed.put(name, bytes);
    return changed;
  }

  private interface Survivor {
    boolean mustBeThere(Read frame);
  }

  private void check(Map<String, byte[]> contents, Survivor survivor, String what)
      throws IOException {
    lay(contents);
    List<Spool> adopted = folder.adoptOrphans();
    assertThat(folder.refusals()).as(what).isEmpty();
    assertThat(adopted).as(what).hasSizeLessThanOrEqualTo(1);
    List<Read> read = List.of();
    for (Spool spool : adopted) {
      read = Log.readAll(spool);
      long end = spool.end();
      assertThat(Log.appendPrepared(spool, "new")).as(what).isGreaterThanOrEqualTo(end);
      assertThat(Log.texts(Log.readAll(spool))).as(what).hasSize(read.size() + 1).endsWith("new");
      spool.delete();
    }
    compare(read, survivor, what);
  }

  private void compare(List<Read> read, Survivor survivor, String what) {
    Iterator<Read> next = read.iterator();
    Read found = next.hasNext() ? next.next() : null;
    for (Read frame : written) {
      if (frame.equals(found)) {
        found = next.hasNext() ? next.next() : null;
      } else if (frame.position() >= start) {
        assertThat(survivor.mustBeThere(frame)).as("%s: missing %s", what, frame).isFalse();
      }
    }
    assertThat(found).as("%s: invented, or out of order", what).isNull();
  }

  /** Makes what a dead process leaves behind. */
  private Path lay(Map<String, byte[]> contents) throws IOException {
    Path process = folder.path().resolve("4711-dead-" + ++copies);
    Rights.createFolder(process);
    Files.createFile(process.resolve(LockedFolder.LOCK), Rights.ofFile(process));
    for (Map.Entry<String, byte[]> file : contents.entrySet()) {
      Path made = Files.createFile(process.resolve(file.getKey()), Rights.ofFile(process));
      Files.write(made, file.getValue());
    }
    return process;
  }

  private static int size(Read frame) {
    return SegmentFormat.frameBytes(frame.text().length());
  }

  private static long sequence(byte[] file) {
    return SegmentFormat.ordered(ByteBuffer.wrap(file)).getLong(8);
  }
}

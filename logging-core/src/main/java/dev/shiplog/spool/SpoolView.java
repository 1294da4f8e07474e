package dev.shiplog.spool;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One log as it is seen from outside: nothing is locked, mended or moved, so that it can be looked
 * at whether its process lives or not. What a living process does meanwhile may be seen in part.
 * For one thread.
 */
public final class SpoolView {
  /** As far below a spool's folder as its logs are: service, appender, process. */
  private static final int DEPTH = 3;

  private static final int MAX_FILE = 2 * SegmentFormat.MAX_SEGMENT;

  private final Path path;
  private final List<Part> parts = new ArrayList<>();
  private Damage damage = Damage.NONE;
  private long bytes;
  private int files;

  /** A file with frames. */
  private record Part(Path file, long sequence) {}

  private SpoolView(Path path) {
    this.path = path;
  }

  /** The logs in and below a folder, by name; links are not followed. */
  public static List<SpoolView> below(Path dir) throws IOException {
    List<Path> folders;
    try (Stream<Path> all = Files.walk(dir, DEPTH)) {
      folders =
          all.filter(
                  folder ->
                      LockedFolder.NAME.matcher(String.valueOf(folder.getFileName())).matches())
              .filter(folder -> Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
              .sorted()
              .toList();
    }
    List<SpoolView> views = new ArrayList<>();
    for (Path folder : folders) {
      SpoolView view = new SpoolView(folder);
      view.look();
      views.add(view);
    }
    return views;
  }

  private void look() throws IOException {
    for (Path file : Recovery.files(path)) {
      if (!file.toString().endsWith(SegmentFile.SUFFIX)) {
        continue;
      }
      ByteBuffer content = content(file);
      if (content == null) {
        continue;
      }
      files++;
      bytes += content.capacity();
      SegmentCheck check = SegmentCheck.of(content);
      damage = damage.plus(check.damage());
      SegmentFormat.Header header = check.header();
      if (header != null && check.frames() > 0) {
        parts.add(new Part(file, header.sequence()));
      }
    }
    parts.sort(Comparator.comparingLong(Part::sequence));
  }

  /** A whole file; null if it is none, or gone. */
  private static @Nullable ByteBuffer content(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    try (FileChannel channel = FileChannel.open(file, Rights.READ)) {
      ByteBuffer content = ByteBuffer.allocate((int) Math.min(channel.size(), MAX_FILE));
      while (content.hasRemaining() && channel.read(content) >= 0) {
        // once more
      }
      return SegmentFormat.ordered(content.flip().slice());
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Shows the frames that are not released, the oldest first. */
  public void read(Spool.Visitor visitor) throws IOException {
    for (Part part : parts) {
      ByteBuffer content = content(part.file);
      SegmentCheck check = content == null ? SegmentCheck.EMPTY : SegmentCheck.of(content);
      SegmentFormat.Header header = check.header();
      if (content == null || header == null || header.sequence() != part.sequence) {
        continue; // used for something else by now
      }
      long base = header.sequence() * header.segmentBytes();
      FrameWalk walk =
          new FrameWalk(content, header, check.from(), header.segmentBytes(), new byte[1 << 12]);
      while (walk.next()) {
        visitor.frame(
            base + walk.offset(), walk.kind(), walk.settled(), walk.bytes(), 0, walk.length());
      }
    }
  }

  /** Its folder, whose name begins with the id of the process that made it. */
  public Path path() {
    return path;
  }

  /** Whether a living process holds it. */
  public boolean isHeld() throws IOException {
    try {
      return LockedFolder.isHeld(path);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** How many bytes its files have. */
  public long bytes() {
    return bytes;
  }

  /** How many files it has. */
  public int files() {
    return files;
  }

  /** What is damaged, for people; null if nothing is. */
  public @Nullable String damage() {
    return damage.text();
  }
}

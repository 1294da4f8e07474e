package dev.shiplog;

import dev.shiplog.record.json.JsonWriter;
import dev.shiplog.record.msgpack.EntryTranscoder;
import dev.shiplog.spool.SpoolView;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The command that shows what a spool holds: what an operator needs when a pod died. Changes
 * nothing. For one run, by one thread.
 */
final class SpoolCommand {
  private static final String USAGE =
      """
      Usage: java -jar shiplog-core.jar spool DIR [--print]

      Prints as JSON what the spools in and below DIR hold, whether their processes live
      or not: chunks, tags, counts, ages, damage and dead letters. Changes nothing.

        --print        write the events that are still to be delivered, a JSON line each
        --help         print this text
      """;

  private static final int MAX_LINE = 64 << 20;
  private static final int DEPTH = 4;
  private static final long NANOS = 1_000_000_000;

  private final Clock clock;
  private final PrintStream out;
  private final PrintStream err;
  private final JsonWriter line = new JsonWriter();
  private final EntryTranscoder transcoder = new EntryTranscoder(line, MAX_LINE);
  private long unreadable;

  SpoolCommand(Clock clock, PrintStream out, PrintStream err) {
    this.clock = clock;
    this.out = out;
    this.err = err;
  }

  /** Runs with these arguments; the status for the process to end with: 0, 1 or 2. */
  int run(String[] arguments) {
    List<String> names = new ArrayList<>(Arrays.asList(arguments));
    if (names.contains("--help")) {
      out.print(USAGE);
      return 0;
    }
    boolean print = names.remove("--print");
    String problem = problem(names);
    if (problem != null) {
      err.println(problem);
      err.println("Try spool --help.");
      return 2;
    }
    Path dir = Path.of(names.get(0));
    try {
      if (print) {
        print(dir);
      } else {
        out.println(PrettyJson.of(report(dir)));
      }
    } catch (IOException e) {
      err.println(dir + ": cannot be read: " + e);
      return 1;
    }
    if (unreadable > 0) {
      err.println(unreadable + " frames hold no event that can be read");
    }
    return 0;
  }

  private static @Nullable String problem(List<String> names) {
    for (String name : names) {
      if (name.startsWith("--")) {
        return name + ": unknown, must be --print or --help";
      }
    }
    if (names.size() != 1) {
      return names.size() + " folders, must be one";
    }
    return Files.isDirectory(Path.of(names.get(0))) ? null : names.get(0) + ": must be a directory";
  }

  private void print(Path dir) throws IOException {
    for (SpoolView view : SpoolView.below(dir)) {
      unreadable += SpoolContents.of(view, this::print).strange();
    }
  }

  private void print(byte[] bytes, int offset, int end) {
    if (transcoder.transcode(bytes, offset, end) < 0) {
      unreadable++;
    } else {
      out.write(line.buffer(), 0, line.position());
    }
  }

  private Map<String, Object> report(Path dir) throws IOException {
    List<Object> spools = new ArrayList<>();
    for (SpoolView view : SpoolView.below(dir)) {
      spools.add(spool(view));
    }
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("spools", spools);
    report.put("damagedFiles", files(dir, ".damaged"));
    report.put("deadLetters", files(dir, ".msgpack"));
    return report;
  }

  private Map<String, Object> spool(SpoolView view) throws IOException {
    SpoolContents contents = SpoolContents.of(view, (bytes, offset, end) -> {});
    Map<String, Object> spool = new LinkedHashMap<>();
    String name = String.valueOf(view.path().getFileName());
    spool.put("folder", view.path().toString());
    spool.put("process", name.substring(0, name.indexOf('-')));
    spool.put("state", view.isHeld() ? "live" : "orphan");
    spool.put("files", (long) view.files());
    spool.put("bytes", view.bytes());
    String damage = view.damage();
    spool.put("damage", damage == null ? "none" : damage);
    List<Object> chunks = new ArrayList<>();
    List<Object> open = new ArrayList<>();
    long events = 0;
    for (SpoolContents.Group group : contents.groups()) {
      (group.id.isEmpty() ? open : chunks).add(group(group));
      events += group.events;
    }
    spool.put("events", events);
    spool.put("eventsDelivered", contents.settled());
    if (contents.strange() > 0) {
      spool.put("framesUnreadable", contents.strange());
    }
    spool.put("chunks", chunks);
    spool.put("notInChunks", open);
    return spool;
  }

  private Map<String, Object> group(SpoolContents.Group group) {
    Map<String, Object> described = new LinkedHashMap<>();
    if (!group.id.isEmpty()) {
      described.put("id", group.id);
    }
    described.put("tag", group.tag);
    described.put("events", group.events);
    described.put("bytes", group.bytes);
    if (group.oldest <= group.newest) {
      Instant oldest = Instant.ofEpochSecond(group.oldest / NANOS, group.oldest % NANOS);
      Instant newest = Instant.ofEpochSecond(group.newest / NANOS, group.newest % NANOS);
      described.put("oldest", oldest.toString());
      described.put("newest", newest.toString());
      described.put("ageSeconds", Duration.between(oldest, clock.instant()).toSeconds());
    }
    return described;
  }

  /** Files that another part of shiplog leaves beside the spools, known by how they are called. */
  private static List<Object> files(Path dir, String suffix) throws IOException {
    List<Object> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(dir, DEPTH)) {
      List<Path> files =
          all.filter(file -> file.toString().endsWith(suffix))
              .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
              .sorted()
              .toList();
      for (Path file : files) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("file", file.toString());
        described.put("bytes", Files.size(file));
        described.put("since", Files.getLastModifiedTime(file).toInstant().toString());
        found.add(described);
      }
    }
    return found;
  }
}

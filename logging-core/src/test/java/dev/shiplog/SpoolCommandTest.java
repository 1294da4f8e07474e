package dev.shiplog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shiplog.forward.SpoolFrames;
import dev.shiplog.forward.SpoolFrames.Seal;
import dev.shiplog.record.msgpack.MessagePackWriter;
import dev.shiplog.spool.Spool;
import dev.shiplog.spool.SpoolFolder;
import dev.shiplog.spool.SpoolSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolCommandTest {
  private static final long SECOND = 1_795_419_545;
  private static final byte[] NOTHING = {};

  @TempDir Path dir;

  /** A chunk under way, one that is delivered, and three entries in none, one of them settled. */
  private Spool write() throws IOException {
    Spool spool = SpoolFolder.in(dir, "gallery", "FLUENTD", SpoolSettings.of(1 << 20)).openOwn();
    assertThat(spool.prepare()).isTrue();
    long first = entry(spool, "gallery.a", 0, "first of a");
    entry(spool, "gallery.b", 10, "first of b");
    long last = entry(spool, "gallery.a", 20, "second of a");
    seal(spool, new Seal("aWQtYQ==", "gallery.a", first, last + 1, 2));
    long sent = entry(spool, "gallery.c", 30, "sent");
    spool.settle(seal(spool, new Seal("aWQtYw==", "gallery.c", sent, spool.end(), 1)));
    entry(spool, "gallery.a", 40, "third of a");
    spool.settle(entry(spool, "gallery.b", 50, "given up"));
    return spool;
  }

  private static long entry(Spool spool, String tag, long second, String message) {
    MessagePackWriter writer = new MessagePackWriter();
    writer.begin(SECOND + second, 5);
    writer.name(writer.newName("message"));
    writer.text(message);
    writer.end();
    byte[] head = SpoolFrames.entryHead(2, tag);
    byte[] body = Arrays.copyOf(writer.buffer(), writer.position());
    return append(spool, SpoolFrames.ENTRY, head, body);
  }

  private static long seal(Spool spool, Seal seal) {
    return append(spool, SpoolFrames.SEAL, SpoolFrames.seal(seal), NOTHING);
  }

  private static long append(Spool spool, byte kind, byte[] head, byte[] body) {
    int checksum = Spool.checksum(kind, head, head.length, body, 0, body.length);
    long position = spool.append(kind, head, head.length, body, 0, body.length, checksum);
    assertThat(position).isPositive();
    return position;
  }

  @Test
  void liveSpool_isListedByChunkAndTag() throws IOException {
    try (Spool spool = write()) {
      Result result = run(dir.toString());

      assertThat(result.status).isZero();
      assertThat(result.err).isEmpty();
      JsonNode listed = new ObjectMapper().readTree(result.out).get("spools").get(0);
      assertThat(listed.get("folder").asText()).isEqualTo(spool.toString());
      assertThat(listed.get("process").asText())
          .isEqualTo(Long.toString(ProcessHandle.current().pid()));
      assertThat(listed.get("state").asText()).isEqualTo("live");
      assertThat(listed.get("bytes").asLong()).isEqualTo(spool.bytes());
      assertThat(listed.get("damage").asText()).isEqualTo("none");
      assertThat(listed.get("events").asLong()).isEqualTo(4);
      assertThat(listed.get("eventsDelivered").asLong()).isEqualTo(2);
      JsonNode chunk = listed.get("chunks").get(0);
      assertThat(listed.get("chunks")).hasSize(1);
      assertThat(chunk.get("id").asText()).isEqualTo("aWQtYQ==");
      assertThat(chunk.get("tag").asText()).isEqualTo("gallery.a");
      assertThat(chunk.get("events").asLong()).isEqualTo(2);
      assertThat(chunk.get("oldest").asText()).isEqualTo("2026-11-23T07:39:05.000000005Z");
      assertThat(chunk.get("newest").asText()).isEqualTo("2026-11-23T07:39:25.000000005Z");
      assertThat(chunk.get("ageSeconds").asLong()).isEqualTo(98);
      assertThat(listed.get("notInChunks"))
          .extracting(group -> group.get("tag").asText() + " " + group.get("events").asLong())
          .containsExactly("gallery.b 1", "gallery.a 1");
    }
  }

  @Test
  void print_writesWhatIsStillToBeDelivered() throws IOException {
    try (Spool spool = write()) {
      Result result = run("--print", spool.toString());

      assertThat(result.status).isZero();
      assertThat(result.out.lines())
          .containsExactly(
              "{\"message\":\"first of a\"}",
              "{\"message\":\"first of b\"}",
              "{\"message\":\"second of a\"}",
              "{\"message\":\"third of a\"}");
    }
  }

  @Test
  void childProcess_knowsLiveFromDeadAndChangesNothing() throws Exception {
    Path process;
    try (Spool spool = write()) {
      process = Path.of(spool.toString());
      assertThat(child().at("/spools/0/state").asText()).isEqualTo("live");
    }
    Files.writeString(
        Files.createDirectory(process.resolveSibling("damaged")).resolve("x.damaged"), "x");
    Files.writeString(
        Files.createDirectory(process.resolveSibling("dead")).resolve("y.msgpack"), "y");
    List<byte[]> before = contents();

    JsonNode report = child();

    assertThat(report.at("/spools/0/state").asText()).isEqualTo("orphan");
    assertThat(report.at("/spools/0/events").asLong()).isEqualTo(4);
    assertThat(report.at("/damagedFiles/0/bytes").asLong()).isEqualTo(1);
    assertThat(report.at("/deadLetters/0/file").asText()).endsWith("y.msgpack");
    List<byte[]> after = contents();
    assertThat(after).hasSameSizeAs(before);
    for (int i = 0; i < before.size(); i++) {
      assertThat(after.get(i)).isEqualTo(before.get(i));
    }
  }

  @Test
  void damage_isToldAndWhatIsWholeIsShown() throws IOException {
    Path process;
    try (Spool spool = write()) {
      process = Path.of(spool.toString());
    }
    Path segment = process.resolve("00000001.segment");
    byte[] bytes = Files.readAllBytes(segment);
    bytes[64 + 16 + 5] ^= 1; // in the tag of the first entry
    Files.write(segment, bytes);

    Result list = run(dir.resolve("gallery").toString());
    assertThat(list.out).contains("1 damaged places in 1 files, 0 files unreadable");
    assertThat(run("--print", dir.toString()).out.lines())
        .containsExactly(
            "{\"message\":\"first of b\"}",
            "{\"message\":\"second of a\"}",
            "{\"message\":\"third of a\"}");
  }

  @Test
  void wrongArguments_endWithStatus2() {
    assertThat(run().err).startsWith("0 folders, must be one");
    assertThat(run("--verbose", dir.toString()).err)
        .startsWith("--verbose: unknown, must be --print or --help");
    Result missing = run(dir.resolve("missing").toString());
    assertThat(missing.status).isEqualTo(2);
    assertThat(missing.err).startsWith(dir.resolve("missing") + ": must be a directory");
    assertThat(run("--help").out).contains("--print", "spool DIR");
    assertThat(run(dir.toString()).out).contains("\"spools\": []");
  }

  private List<byte[]> contents() throws IOException {
    try (Stream<Path> files = Files.walk(dir)) {
      return files
          .filter(Files::isRegularFile)
          .sorted()
          .map(
              file -> {
                try {
                  return Files.readAllBytes(file);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    }
  }

  private static Result run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        new SpoolCommand(
                Clock.fixed(Instant.ofEpochSecond(SECOND + 99), ZoneOffset.UTC),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8))
            .run(arguments);
    return new Result(status, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** As {@code java -jar} does it: this class path has nothing but the core. */
  private JsonNode child() throws Exception {
    Path core = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-cp",
                core.toString(),
                "dev.shiplog.Main",
                "spool",
                dir.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      return new ObjectMapper().readTree(said);
    } finally {
      process.destroyForcibly();
    }
  }

  private record Result(int status, String out, String err) {}
}

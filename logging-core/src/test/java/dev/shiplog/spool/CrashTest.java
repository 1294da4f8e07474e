package dev.shiplog.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.spool.Log.Read;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed, again and again, while it appends: what it had said to be there, is. */
class CrashTest {
  private static final int LIVES = 20;

  @TempDir Path dir;

  @Test
  void killedProcess_leavesAllThatItAppended() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("killedProcess_leavesAllThatItAppended: seed " + seed);
    Random random = new Random(seed);
    SpoolFolder folder = Log.folder(dir, SpoolSettings.of(1 << 20));
    int recycled = 0;
    for (int life = 0; life < LIVES; life++) {
      Map<Long, String> said = new LinkedHashMap<>();
      // the last one long enough for segments to be used again
      int lines = life == LIVES - 1 ? 20_000 : 1 + random.nextInt(life % 2 == 0 ? 200 : 20_000);
      long released = runAndKill("life-" + life, lines, said);
      recycled += released > 0 ? 1 : 0;

      List<Spool> adopted = folder.adoptOrphans();
      assertThat(folder.refusals()).isEmpty();
      assertThat(adopted).hasSize(1);
      Spool spool = adopted.get(0);
      assertThat(spool.damage()).isNull();
      long last = 0;
      for (Read frame : Log.readAll(spool)) {
        assertThat(frame.position()).isGreaterThan(last);
        last = frame.position();
        String text = said.remove(frame.position());
        if (text == null) { // appended, and killed before it was said
          assertThat(frame.text()).startsWith("life-" + life + ":");
        } else {
          assertThat(frame.text().length() + " " + frame.text().split(":")[1]).isEqualTo(text);
        }
      }
      // it may have been killed between saying that it would release, and releasing
      said.keySet().removeIf(position -> position < Math.max(released, spool.start()));
      assertThat(said).isEmpty();
      spool.delete();
    }
    assertThat(recycled).isPositive();
  }

  /** What the child said, up to where it was last released. */
  private long runAndKill(String life, int lines, Map<Long, String> said) throws Exception {
    long released = 0;
    try (Children children = new Children()) {
      Process process = children.start("append", dir, life).process();
      try (BufferedReader reader = process.inputReader(UTF_8)) {
        for (int n = 0; n < lines; n++) {
          released = Math.max(released, note(reader.readLine(), said));
        }
        process.toHandle().destroyForcibly(); // SIGKILL; the pipe stays open
        // what is in the pipe was said before
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          if (line.endsWith(" .")) {
            released = Math.max(released, note(line, said));
          }
        }
      }
      assertThat(process.waitFor()).isEqualTo(128 + 9);
    }
    return released;
  }

  private static long note(String line, Map<Long, String> said) {
    String[] words = line.split(" ");
    if (words[0].equals("release")) {
      return Long.parseLong(words[1]);
    }
    said.put(Long.parseLong(words[1]), words[2] + " " + words[3]);
    return 0;
  }
}

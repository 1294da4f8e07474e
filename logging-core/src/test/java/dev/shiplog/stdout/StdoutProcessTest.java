package dev.shiplog.stdout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show: the real descriptor 1, closed, full or read. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class StdoutProcessTest {
  @TempDir Path folder;

  @Test
  void lines_areWholeWhenFourThreadsLogToDescriptorOne() throws Exception {
    Process child = ChildJvm.start("", "four-threads", "");
    List<String> lines =
        new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    assertThat(Records.wholeAndInOrder(lines)).isEqualTo(1_200);
    assertThat(endOf(child)).contains("accepted=1200 delivered=1200 dropped=0 balanced=true");
  }

  @Test
  void application_livesAndCountsWhenStdoutIsClosed() throws Exception {
    Process child = ChildJvm.start("", "ten-and-ten", ">&-");
    child.getOutputStream().close();
    assertThat(endOf(child)).contains("accepted=20 delivered=0 dropped=20 balanced=true told=1");
  }

  @Test
  void nextRecord_isOnALineOfItsOwnWhenAFullDiskHasRoomAgain() throws Exception {
    Path log = folder.resolve("log");
    // files of 4 blocks of 512 bytes at most: the third record is cut in the middle
    Process child = ChildJvm.start("ulimit -f 4;", "ten-and-ten", ">> '" + log + "'");
    BufferedReader said =
        new BufferedReader(new InputStreamReader(child.getErrorStream(), StandardCharsets.UTF_8));
    assertThat(said.readLine()).isEqualTo("accepted=10 delivered=2 dropped=8 balanced=true told=1");
    assertThat(log).hasSize(2_048);
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
      file.setLength(900); // room again, and part of a line at the end
    }
    child.getOutputStream().close();
    assertThat(said.readLine())
        .isEqualTo("accepted=20 delivered=12 dropped=8 balanced=true told=2");
    List<String> lines = Files.readAllLines(log);
    assertThat(lines).hasSize(11).first().asString().hasSize(900);
    assertThat(Records.wholeAndInOrder(lines.subList(1, 11))).isEqualTo(10);
    assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  private static String endOf(Process child) throws Exception {
    String said = new String(child.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).as(said).isZero();
    return said;
  }
}

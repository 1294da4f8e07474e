package dev.shiplog.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.forward.EndpointInAProcess.Habit;
import dev.shiplog.testkit.faults.ReservedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The endpoint is another process and is killed with SIGKILL. */
@Timeout(120)
class KilledEndpointTest {
  @TempDir Path folder;

  private List<String> stored() throws IOException {
    return Files.readAllLines(folder.resolve("stored"));
  }

  private EndpointInAProcess start(ReservedPort port, Habit habit) throws IOException {
    return EndpointInAProcess.start(port.port(), folder.resolve("stored"), habit);
  }

  private static List<Long> numbers(List<String> lines) {
    return lines.stream().map(line -> Long.valueOf(line.split(" ")[1])).toList();
  }

  @Test
  void endpointKilledInTheMiddleOfAChunk_getsItWholeAfterItsRestart() throws Exception {
    try (ReservedPort port = new ReservedPort();
        Shipped shipped = new Shipped(Shipped.to(port.port()))) {
      try (EndpointInAProcess first = start(port, Habit.READ_A_PART)) {
        for (int n = 0; n < 100; n++) {
          shipped.log("app", n, 9000);
        }
        first.awaitLine("read");
        first.kill();
      }
      try (EndpointInAProcess second = start(port, Habit.HONEST)) {
        shipped.awaitEnd();
        second.kill();
      }
      assertThat(numbers(stored()))
          .as("nothing of the chunk that was cut, and all of it once")
          .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 100).boxed().toList());
      assertThat(shipped.meters.snapshot().chunksRetried()).isPositive();
      assertThat(shipped.meters.snapshot().delivered()).isEqualTo(100);
    }
  }

  @Test
  void endpointKilledBetweenStoringAndAcknowledging_hasThatChunkTwiceWithOneId() throws Exception {
    try (ReservedPort port = new ReservedPort();
        Shipped shipped = new Shipped(Shipped.to(port.port()))) {
      try (EndpointInAProcess first = start(port, Habit.STORE_ALONE)) {
        shipped.logChunk(1);
        first.awaitLine("stored");
        first.kill();
      }
      try (EndpointInAProcess second = start(port, Habit.HONEST)) {
        shipped.logChunk(2);
        shipped.awaitEnd();
        second.kill();
      }
      assertThat(numbers(stored())).containsExactlyInAnyOrder(1L, 1L, 2L);
      assertThat(stored().stream().distinct()).as("one id for both").hasSize(2);
      assertThat(shipped.meters.snapshot().delivered()).isEqualTo(2);
    }
  }

  @Test
  void endpointKilledTimeAndAgain_missesNothing() throws Exception {
    try (ReservedPort port = new ReservedPort();
        Shipped shipped = new Shipped(Shipped.to(port.port()))) {
      long next = 0;
      for (int life = 0; life < 4; life++) {
        try (EndpointInAProcess endpoint = start(port, Habit.HONEST)) {
          long before = shipped.meters.snapshot().delivered();
          for (int i = 0; i < 40; i++) {
            shipped.logChunk(next++);
          }
          shipped.await("some to arrive", snapshot -> snapshot.delivered() > before);
          endpoint.kill();
        }
      }
      try (EndpointInAProcess last = start(port, Habit.HONEST)) {
        shipped.awaitEnd();
        last.kill();
      }
      assertThat(numbers(stored().stream().distinct().toList()))
          .as("whatever came twice has the id that it had")
          .containsExactlyInAnyOrderElementsOf(LongStream.range(0, next).boxed().toList());
    }
  }
}

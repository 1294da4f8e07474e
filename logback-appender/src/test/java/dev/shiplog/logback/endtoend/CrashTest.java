package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.logback.Configured;
import dev.shiplog.logback.FluentdAppender;
import dev.shiplog.status.Meters;
import dev.shiplog.testkit.Behaviour;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.ReceivedEvent;
import dev.shiplog.testkit.faults.Faults;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process with a spool is killed under load, 20 times in a row, or as often as {@code
 * -Dshiplog.crashes} says if that is more.
 */
@Timeout(600)
class CrashTest {
  private static final int CRASHES = 20;

  /** In every fourth life events are so long, and so many, that they do not fit into one file. */
  private static final int LONG_LIFE = 4;

  private static final int LONG_TEXT = 8 << 10;

  /** Of what a child writes: six bytes and more for every ten events. */
  private static final int LONG_LIFE_BYTES = 900;

  @TempDir Path folder;

  private final Random random = new Random();

  /** By life and thread, how many events were logged for certain. */
  private final Map<String, Long> confirmed = new HashMap<>();

  /** After how many lives a log had more files than it began with. */
  private int rolls;

  @Test
  void kill_losesNothingThatWasAcceptedAndInventsNothing() throws Exception {
    long seed = new Random().nextLong();
    random.setSeed(seed);
    int crashes = Math.max(CRASHES, Integer.getInteger("shiplog.crashes", CRASHES));
    try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
      int life = 0;
      while (life < crashes) {
        endpoint.behave(mood(life));
        crash(life, endpoint.address());
        life++;
      }
      assertThat(life).isGreaterThanOrEqualTo(CRASHES);
      assertThat(rolls).as("lives that went on to a third file").isPositive();
      endpoint.behave(Behaviour.acknowledging());
      try (Configured last =
          Configured.withAppender(FluentdAppender.class, elements(endpoint.address()))) {
        assertThat(last.problems()).isEmpty();
        long all = confirmed.values().stream().mapToLong(Long::longValue).sum();
        Await.until(
            "all that was accepted in " + life + " lives",
            () -> endpoint.distinctEvents().size() >= all && Account.of("A").pending() == 0);
        Meters.Snapshot account = Account.of("A");
        assertThat(account.droppedTotal()).isZero();
        assertArrived(endpoint);
        System.out.printf(
            "%d crashes: %d events confirmed, %d arrived, %d chunks more than once, seed %d%n",
            life, all, endpoint.distinctEvents().size(), endpoint.duplicates().size(), seed);
      }
    } catch (Throwable e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  /** Up, down, or dying between storing and acknowledging. */
  private static Behaviour mood(int life) {
    return switch (life % 3) {
      case 0 -> Behaviour.acknowledging();
      case 1 -> Faults.closeAtOnce();
      default -> Faults.closeBeforeAck();
    };
  }

  private void crash(int life, String address) throws IOException {
    Path home = Files.createDirectory(folder.resolve("life-" + life));
    Path stdout = home.resolve("stdout");
    boolean isLong = life % LONG_LIFE == LONG_LIFE - 1;
    int enough = isLong ? LONG_LIFE_BYTES : 50 + random.nextInt(600);
    try (Child child =
        Child.application(
            home,
            CrashingApplication.class,
            elements(address),
            String.valueOf(life),
            String.valueOf(isLong ? LONG_TEXT : 0))) {
      Await.until(
          "a child that logs",
          () -> {
            assertThat(child.isAlive()).as("the child is alive").isTrue();
            return stdout.toFile().length() > enough;
          });
      child.kill();
    }
    rolls += hasThirdSegment() ? 1 : 0;
    for (String line : Files.readAllLines(stdout)) {
      String[] parts = line.split(" ");
      confirmed.put(life + "/" + parts[0], Long.parseLong(parts[1]));
    }
  }

  /** The second file is made ahead of need, the third when the first is full. */
  private boolean hasThirdSegment() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("spool"))) {
      return files.anyMatch(file -> file.endsWith("00000003.segment"));
    }
  }

  private String elements(String address) {
    // beyond what all lives can leave: nothing may be dropped
    return "<endpoint>%s</endpoint><spool><dir>%s</dir><maxBytes>1GB</maxBytes></spool>"
            .formatted(address, folder.resolve("spool"))
        + "<service><name>crash</name></service>"
        + "<chunk><maxBytes>16KB</maxBytes><maxAge>20ms</maxAge></chunk>"
        + "<retry><initial>1ms</initial><max>20ms</max></retry>";
  }

  private void assertArrived(ForwardEndpoint endpoint) {
    assertThat(endpoint.problems()).isEmpty();
    Set<String> arrived = new HashSet<>();
    List<ReceivedEvent> events = endpoint.distinctEvents();
    for (ReceivedEvent event : events) {
      String thread = event.field("life") + "/" + event.field("thread");
      long number = new BigInteger(String.valueOf(event.field("number"))).longValue();
      if (!arrived.add(thread + "/" + number)) {
        throw new AssertionError(thread + "/" + number + " came in two chunks");
      }
      if (number > confirmed.getOrDefault(thread, 0L) + CrashingApplication.BATCH) {
        throw new AssertionError(thread + "/" + number + " was never logged");
      }
    }
    Set<String> missing = new HashSet<>();
    confirmed.forEach(
        (thread, count) -> {
          for (long i = 0; i < count; i++) {
            missing.add(thread + "/" + i);
          }
        });
    missing.removeAll(arrived);
    assertThat(missing).as("confirmed, but not arrived").isEmpty();
  }
}

package dev.shiplog.schema.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.event.TestEvent;
import dev.shiplog.record.Foreign;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Whatever is logged, each event is one whole record within its limit, or several where records are
 * split, that foreign parsers accept, says the same in both encodings, and is counted; nothing is
 * thrown.
 *
 * <p>{@code -Dshiplog.hostile.events=10000000} for the long form, {@code -Dshiplog.hostile.seed=…}
 * to see a failure again: each event has a seed of its own, told in the failure.
 */
class HostileEventsTest {
  private static final int EVENTS = Integer.getInteger("shiplog.hostile.events", 200_000);
  private static final long SEED = Long.getLong("shiplog.hostile.seed", System.nanoTime());

  @Test
  void hostileEvent_isAWholeRecordInEitherEncodingAndCounted() {
    System.out.println("hostile events: " + EVENTS + " from seed " + SEED);
    List<Pair> pairs = HostileSetups.all().stream().map(Pair::new).toList();
    // A pair belongs to one thread.
    IntStream.range(0, pairs.size()).parallel().forEach(i -> judgeAll(pairs, i));
  }

  private static void judgeAll(List<Pair> pairs, int index) {
    long first = SEED + Math.floorMod(index - SEED, (long) pairs.size());
    Pair pair = pairs.get(index);
    long seed = first;
    try {
      for (; seed < SEED + EVENTS; seed += pairs.size()) {
        pair.judge(seed);
      }
      pair.json.checkCounts();
      pair.msgpack.checkCounts();
    } catch (Throwable failure) {
      throw new AssertionError("-Dshiplog.hostile.seed=" + seed + " " + pair.setup, failure);
    }
  }

  /** A pipeline of each encoding for the same options. */
  private static final class Pair {
    final HostileSetups.Setup setup;
    final JudgedPipeline json;
    final JudgedPipeline msgpack;

    /** Whether both encodings of a whole event say the same. */
    private final boolean alike;

    Pair(HostileSetups.Setup setup) {
      this.setup = setup;
      json = JudgedPipeline.json(setup.schema(), setup.options());
      msgpack = JudgedPipeline.msgpack(setup.schema(), setup.options());
      // gelf and otlp have a form in JSON that MessagePack has not; where traces are cut, the
      // encodings do that where each has come to its bytes; and a value that logs is looked at, and
      // so counts up the sequence, as often as an encoding needs
      alike =
          !setup.schema().equals("gelf")
              && !setup.schema().equals("otlp")
              && !setup.options().sequence()
              && setup.options().stackTrace().maxBytes() == Integer.MAX_VALUE;
    }

    void judge(long seed) throws Throwable {
      // Twice the same event, made on one line: some values can be looked at only once.
      List<TestEvent> events =
          Stream.of(json, msgpack).map(to -> HostileEvents.event(seed, to::logWithin)).toList();
      List<Map<String, @Nullable Object>> lines = json.log(events.get(0));
      List<Map<String, @Nullable Object>> entries = msgpack.log(events.get(1));
      Map<String, @Nullable Object> first = lines.get(0);
      if (alike && json.whole() && msgpack.whole() && lines.size() + entries.size() == 2) {
        assertThat(Foreign.same(first, entries.get(0)))
            .as("%.3000s\n%.3000s", first, entries.get(0))
            .isTrue();
      }
      for (Map<String, @Nullable Object> line : lines) {
        assertThat(line.isEmpty()).isFalse();
        if (setup.schema().equals("gelf")) {
          Shapes.gelf(line);
        } else if (setup.schema().equals("otlp")) {
          Shapes.otlp(line);
        }
      }
    }
  }
}

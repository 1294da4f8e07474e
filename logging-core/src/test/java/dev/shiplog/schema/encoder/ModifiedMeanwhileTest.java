package dev.shiplog.schema.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.event.TestEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Values that another thread changes while they are encoded, as a request's attributes are by the
 * request: each event still is one whole record within its limit, and counted once.
 */
@Timeout(120)
class ModifiedMeanwhileTest {
  private static final int EVENTS_EACH = 10;

  @Test
  void event_isAWholeRecordWhenAnotherThreadChangesItsValuesMeanwhile() throws Throwable {
    long seed = new Random().nextLong();
    System.out.println("ModifiedMeanwhileTest: seed " + seed);
    try (Restless restless = new Restless(seed)) {
      long changedWithin = 0;
      for (HostileSetups.Setup setup : HostileSetups.all()) {
        for (JudgedPipeline pipeline :
            List.of(
                JudgedPipeline.json(setup.schema(), setup.options()),
                JudgedPipeline.msgpack(setup.schema(), setup.options()))) {
          for (int i = 0; i < EVENTS_EACH; i++) {
            long before = restless.changes.get();
            assertThat(pipeline.log(restless.event(i))).as("%s", setup).isNotEmpty();
            changedWithin += restless.changes.get() > before ? 1 : 0;
          }
          pipeline.checkCounts();
        }
      }
      assertThat(changedWithin).as("events during which something changed").isPositive();
    }
  }

  /** What an event holds, and the thread that changes it until this is closed. */
  private static final class Restless implements AutoCloseable {
    private static final int MOST = 40;

    private final Map<@Nullable String, @Nullable Object> map = new LinkedHashMap<>();
    private final List<Object> list = new ArrayList<>();
    private final Object[] array = new Object[MOST];
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<Void> changing;
    private volatile boolean closed;
    final AtomicLong changes = new AtomicLong();

    Restless(long seed) {
      changing = CompletableFuture.runAsync(() -> change(new Random(seed)));
    }

    TestEvent event(int number) {
      TestEvent event =
          new TestEvent().kv("text", text).kv("map", map).kv("list", list).kv("array", array);
      if (number % 2 == 0) {
        event.context = map;
      }
      if (number == 0) {
        event.kv("meeting", List.of(list, new Meeting(), map));
      }
      return event;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // this thread alone writes it
    private void change(Random random) {
      while (!closed) {
        String key = "k" + random.nextInt(2 * MOST);
        if (random.nextBoolean() && map.size() < MOST) {
          map.put(key, random.nextBoolean() ? list : key);
        } else {
          map.remove(key);
        }
        if (random.nextInt(MOST) >= list.size()) {
          list.add(key);
        } else {
          list.remove(random.nextInt(list.size()));
        }
        array[random.nextInt(MOST)] = random.nextBoolean() ? key : map;
        if (text.length() > 8 * MOST) {
          text.setLength(random.nextInt(MOST));
        }
        text.append(random.nextBoolean() ? key : "\ud83d\ude00é");
        changes.incrementAndGet();
      }
    }

    @Override
    public void close() {
      closed = true;
      changing.join();
    }

    /** In whose text the other thread comes to change something, in the middle of the event. */
    private final class Meeting {
      @Override
      public String toString() {
        long before = changes.get();
        while (changes.get() == before) {
          Thread.onSpinWait();
        }
        return "Meeting";
      }
    }
  }
}

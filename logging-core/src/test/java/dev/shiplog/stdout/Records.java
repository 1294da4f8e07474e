package dev.shiplog.stdout;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.shiplog.sink.Entry;
import dev.shiplog.status.Status;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Records for the sinks under test, and their reading by a parser that is not ours. */
final class Records {
  static final int INFO = 2;
  static final int WARN = 3;
  static final int ERROR = 4;

  private Records() {}

  /** One JSON line of exactly {@code size} bytes, its newline included, if that is long enough. */
  static Entry record(int writer, int number, int size, int level) {
    String head = "{\"w\":" + writer + ",\"n\":" + number + ",\"pad\":\"";
    String line = head + "x".repeat(Math.max(0, size - head.length() - 3)) + "\"}\n";
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return new Entry().set(bytes, 0, bytes.length, "", level);
  }

  static Entry record(int number) {
    return record(0, number, 100, INFO);
  }

  /** Checks that each line is whole and that each writer's numbers ascend; returns the count. */
  static int wholeAndInOrder(List<String> lines) {
    Map<Integer, Integer> last = new HashMap<>();
    for (String line : lines) {
      JsonObject json = JsonParser.parseString(line).getAsJsonObject();
      int number = json.get("n").getAsInt();
      Integer before = last.put(json.get("w").getAsInt(), number);
      assertThat(number).isGreaterThan(before == null ? -1 : before);
      assertThat(json.get("pad").getAsString()).matches("x*");
    }
    return lines.size();
  }

  /** Waits, ten seconds at most. */
  static void await(BooleanSupplier reached) {
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (!reached.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** Remembers what the operator was told. */
  static final class Told implements Status {
    final ConcurrentLinkedQueue<String> messages = new ConcurrentLinkedQueue<>();

    @Override
    public void info(String message) {
      messages.add("INFO " + message);
    }

    @Override
    public void warn(String message, @Nullable Throwable cause) {
      messages.add("WARN " + message);
    }

    @Override
    public void error(String message, @Nullable Throwable cause) {
      messages.add("ERROR " + message);
    }
  }
}

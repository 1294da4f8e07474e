package dev.shiplog.log4j2.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.log4j2.parity.OnLog4j.Way;
import dev.shiplog.logback.differential.EventGenerator;
import dev.shiplog.record.Foreign;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The same call makes the same record on Logback and on Log4j, but for the listed differences: what
 * Log4j, or its bridge from SLF4J, makes of a call before shiplog sees an event. Each must be met.
 */
class ParityTest {
  private static final long SEED = 20_261_124;
  private static final int EVENTS = 1_200;
  private static final int MOST_REPORTED = 10;

  /**
   * One difference.
   *
   * @param why what justifies it
   * @param call what the call is with it, on a framework that has none
   * @param record what the record is with it
   */
  private record Difference(
      String why, UnaryOperator<Call> call, UnaryOperator<Map<String, @Nullable Object>> record) {

    static Difference inCall(String why, UnaryOperator<Call> call) {
      return new Difference(why, call, UnaryOperator.identity());
    }

    static Difference inRecord(String why, UnaryOperator<Map<String, @Nullable Object>> record) {
      return new Difference(why, UnaryOperator.identity(), record);
    }
  }

  private static final Difference ONE_MARKER =
      Difference.inCall(
          "an event of Log4j's has one marker; of several the last is left", Call::withOneMarker);

  private static final Difference ROOT_NAME =
      Difference.inRecord(
          "Log4j's root logger has the empty name, SLF4J's is called ROOT",
          record -> {
            record.replaceAll((name, value) -> "ROOT".equals(value) ? "" : value);
            return record;
          });

  private static final Difference NO_THREAD_NAME =
      Difference.inRecord(
          "Logback has a name for threads that have none",
          record -> {
            record.replaceAll(
                (name, value) ->
                    value instanceof String text && text.matches("unnamed-\\d+") ? "" : value);
            return record;
          });

  private static final List<Difference> BY_SLF4J =
      List.of(
          ONE_MARKER,
          ROOT_NAME,
          NO_THREAD_NAME,
          Difference.inCall(
              "log4j-slf4j2-impl puts key-values into the context, as texts",
              Call::withKeyValuesInContext));

  private static final List<Difference> NATIVE =
      List.of(
          ONE_MARKER,
          ROOT_NAME,
          NO_THREAD_NAME,
          Difference.inCall(
              "a map message has each key once, and its key message is the text",
              Call::withKeysOnce));

  @ParameterizedTest
  @CsvSource({"ecs,SLF4J", "ecs,NATIVE", "logstash,SLF4J", "logstash,NATIVE"})
  void record_isTheSameOnLog4jButForWhatIsListed(String schema, Way way) {
    EventGenerator generator = new EventGenerator(SEED);
    Framework logback = new OnLogback(schema);
    Framework log4j = new OnLog4j(schema, way);
    List<Difference> differences = way == Way.SLF4J ? BY_SLF4J : NATIVE;
    Map<String, Integer> met = new LinkedHashMap<>();
    List<String> unlisted = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      Call call = Call.of(generator.next(), i);
      Map<String, @Nullable Object> expected = expected(logback, call, differences, met);
      Map<String, @Nullable Object> actual = log4j.record(call);
      if (!Foreign.same(actual, expected)) {
        unlisted.add("seed " + SEED + ", event " + i + parted(expected, actual));
      }
    }
    assertThat(unlisted.stream().limit(MOST_REPORTED)).as("%s differ", unlisted.size()).isEmpty();
    assertThat(met.keySet())
        .containsExactlyInAnyOrderElementsOf(differences.stream().map(Difference::why).toList());
  }

  /** Logback's record of the call, with all that is listed; notes what made a difference. */
  private static Map<String, @Nullable Object> expected(
      Framework logback, Call call, List<Difference> differences, Map<String, Integer> met) {
    Call changed = call;
    UnaryOperator<Map<String, @Nullable Object>> rules = UnaryOperator.identity();
    Map<String, @Nullable Object> expected = logback.record(call);
    for (Difference difference : differences) {
      changed = difference.call().apply(changed);
      UnaryOperator<Map<String, @Nullable Object>> before = rules;
      rules = record -> difference.record().apply(before.apply(record));
      Map<String, @Nullable Object> next = rules.apply(logback.record(changed));
      if (!Foreign.same(expected, next)) {
        met.merge(difference.why(), 1, Integer::sum);
      }
      expected = next;
    }
    return expected;
  }

  private static String parted(
      Map<String, @Nullable Object> expected, Map<String, @Nullable Object> actual) {
    TreeSet<String> names = new TreeSet<>(expected.keySet());
    names.addAll(actual.keySet());
    StringBuilder told = new StringBuilder();
    for (String name : names) {
      Object want = expected.get(name);
      Object have = actual.get(name);
      if (!Foreign.same(want, have)) {
        told.append("\n  ").append(name).append("\n    expected ").append(want);
        told.append("\n    was      ").append(have);
      }
    }
    return told.toString();
  }
}

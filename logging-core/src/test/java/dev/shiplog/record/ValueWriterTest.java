package dev.shiplog.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.record.json.JsonWriter;
import dev.shiplog.record.msgpack.MessagePackWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of values; each is written in both encodings, which must say the same. */
class ValueWriterTest {
  private static final Instant AT = Instant.parse("2026-11-23T07:39:05.123456789Z");

  private static String said(@Nullable Object value) {
    return said(value, ValueWriter.Options.PLAIN);
  }

  private static String said(@Nullable Object value, ValueWriter.Options options) {
    RecordWriter json = written(value, options, new JsonWriter());
    RecordWriter msgpack = written(value, options, new MessagePackWriter());
    @Nullable Object read = Foreign.line(json.buffer(), json.position()).get("v");
    assertThat(Foreign.same(read, Foreign.entry(msgpack.buffer(), msgpack.position()).get("v")))
        .isTrue();
    return String.valueOf(read);
  }

  private static RecordWriter written(
      @Nullable Object value, ValueWriter.Options options, RecordWriter to) {
    to.limit(1 << 20);
    to.begin(0, 0);
    to.name("v");
    new ValueWriter(options).write(value, to);
    to.name("after");
    to.nil();
    to.end();
    return to;
  }

  private static ValueWriter.Options with(int depth, int keyBytes, boolean texts) {
    return new ValueWriter.Options(
        depth, keyBytes, texts, ObjectForm.TEXT, name -> name.equals("pin"), "****", TextMask.NONE);
  }

  @Test
  void scalar_keepsItsType() {
    assertThat(said("text")).isEqualTo("text");
    assertThat(said(null)).isEqualTo("null");
    assertThat(said(List.of(1, 2L, (short) 3, (byte) 4, 'c', true, 0.5, 0.1f)))
        .isEqualTo("[1, 2, 3, 4, c, true, 0.5, 0.1]");
    assertThat(said(List.of(new AtomicInteger(1), new AtomicLong(2), new AtomicBoolean(true))))
        .isEqualTo("[1, 2, true]");
    assertThat(said(List.of(CharBuffer.wrap("s"), TimeUnit.DAYS, String.class, Duration.ZERO)))
        .isEqualTo("[s, DAYS, java.lang.String, PT0S]");
    assertThat(said(new BigDecimal("12.50"))).isEqualTo("12.5");
    assertThat(said(BigInteger.TWO.pow(64).subtract(BigInteger.ONE)))
        .isEqualTo("18446744073709551615");
  }

  @Test
  void notANumber_isAText() {
    assertThat(said(List.of(Double.NaN, Double.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY)))
        .isEqualTo("[NaN, Infinity, -Infinity]");
  }

  @Test
  void scalar_isATextWhereAllValuesAreTexts() {
    RecordWriter json = written(List.of(1, 0.5, true), with(16, 256, true), new JsonWriter());

    assertThat(Foreign.line(json.buffer(), json.position()).get("v"))
        .isEqualTo(List.of("1", "0.5", "true"));
  }

  @Test
  void numberBeyondWhatParsersTake_isAText() {
    BigDecimal precise = new BigDecimal("1." + "3".repeat(400));
    BigInteger large = BigInteger.TEN.pow(400);

    assertThat(said(precise)).isEqualTo(precise.toString());
    assertThat(said(large)).isEqualTo(large.toString());
    assertThat(said(new BigDecimal("1E+1000"))).isEqualTo("1E+1000");
    assertThat(said(new BigDecimal("1E-1000"))).isEqualTo("1E-1000");
    assertThat(said(new BigDecimal(BigInteger.TEN.pow(299), -299)))
        .isEqualTo("1.000000000000000000000000000" + "0".repeat(272) + "E+598");
  }

  @Test
  @Timeout(5)
  void numberOfMillionsOfDigits_isNotSpelledOut() {
    BigInteger huge = BigInteger.ONE.shiftLeft(100_000_000);

    assertThat(said(huge)).isEqualTo("<too long>");
    assertThat(said(new BigDecimal(huge, 3))).isEqualTo("<too long>");
    assertThat(said(huge, with(16, 256, true))).isEqualTo("<too long>");
  }

  @Test
  void time_isIsoInUtc() {
    Calendar calendar = Calendar.getInstance(TimeZone.getTimeZone("Asia/Tokyo"));
    calendar.setTimeInMillis(AT.toEpochMilli());

    assertThat(said(AT)).isEqualTo("2026-11-23T07:39:05.123456789Z");
    assertThat(said(Date.from(AT))).isEqualTo("2026-11-23T07:39:05.123Z");
    assertThat(said(calendar)).isEqualTo("2026-11-23T07:39:05.123Z");
    assertThat(said(java.sql.Timestamp.from(AT))).isEqualTo("2026-11-23T07:39:05.123456789Z");
    assertThat(said(java.sql.Date.valueOf("2026-11-23"))).isEqualTo("2026-11-23");
    assertThat(said(java.sql.Time.valueOf("07:39:05"))).isEqualTo("07:39:05");
  }

  @Test
  void optional_isItsValueOrNull() {
    assertThat(said(Arrays.asList(Optional.of(1), Optional.empty(), OptionalInt.of(2))))
        .isEqualTo("[1, null, 2]");
    assertThat(said(List.of(OptionalLong.of(3), OptionalDouble.of(0.5), OptionalInt.empty())))
        .isEqualTo("[3, 0.5, null]");
  }

  @Test
  void array_isAnArrayBytesAreBinaryAndCharsAText() {
    assertThat(said(new int[] {1, 2})).isEqualTo("[1, 2]");
    assertThat(said(new boolean[][] {{true}, {}})).isEqualTo("[[true], []]");
    assertThat(said(new byte[] {1, 2})).isEqualTo("AQI=");
    assertThat(said(new char[] {'a', 'b'})).isEqualTo("ab");
  }

  @Test
  void record_isAnObjectOfItsComponents() {
    record Secret(String pin, @Nullable Object next) {}

    assertThat(said(new Secret("1234", new Secret("5", null)), with(16, 256, false)))
        .isEqualTo("{pin=****, next={pin=****, next=null}}");
  }

  @Test
  void recordThatFails_isNamedByItsOwnFailure() {
    record Failing(Throwable failure) {
      @Override
      @SuppressWarnings("UnusedMethod") // it is the record's accessor
      public Throwable failure() {
        if (failure instanceof Error error) {
          throw error;
        }
        throw new IllegalStateException("no component");
      }
    }

    assertThat(said(List.of(1, new Failing(new RuntimeException()))))
        .isEqualTo("[1, <unrepresentable: java.lang.IllegalStateException>]");
    assertThatThrownBy(() -> said(new Failing(new OutOfMemoryError("made up"))))
        .isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void secret_isMaskedAtAnyDepth() {
    assertThat(said(List.of(Map.of("a", Map.of("pin", Map.of("x", 1)))), with(16, 256, false)))
        .isEqualTo("[{a={pin=****}}]");
    assertThat(said(Collections.singletonMap("pin", null), with(16, 256, false)))
        .isEqualTo("{pin=null}");
  }

  @Test
  void keysThatReadTheSame_areNumbered() {
    Map<Object, Object> map = new LinkedHashMap<>();
    map.put(1, "a");
    map.put("1", "b");
    map.put(1L, "c");
    map.put("1_2", "d");
    map.put(null, "e");
    map.put("null", "f");
    map.put(TimeUnit.DAYS, "g");

    assertThat(said(map)).isEqualTo("{1=a, 1_2=b, 1_3=c, 1_2_2=d, null=e, null_2=f, DAYS=g}");
  }

  @Test
  @Timeout(10)
  void manyKeysThatReadTheSame_areNumberedInTime() {
    Map<Object, Integer> map = new LinkedHashMap<>();
    for (int i = 0; i < 50_000; i++) {
      map.put(
          new Object() {
            @Override
            public String toString() {
              return "k";
            }
          },
          1);
    }

    assertThat(said(map)).contains("k_50000=1");
  }

  @Test
  void key_isCutToItsBytes() {
    assertThat(said(Map.of("é".repeat(100), 1), with(16, 11, false))).isEqualTo("{ééééé=1}");
  }

  @Test
  void tooDeepAndCyclicValues_areSaidToBe() {
    List<Object> cycle = new ArrayList<>();
    cycle.add(Map.of("list", cycle));

    assertThat(said(cycle)).isEqualTo("[{list=<cycle>}]");
    assertThat(said(List.of(List.of(List.of(1))), with(2, 256, false))).isEqualTo("[[<too deep>]]");
    List<Integer> twice = List.of(1);
    assertThat(said(List.of(twice, twice))).isEqualTo("[[1], [1]]");
  }

  @Test
  void valueThatFails_isNamedWithoutWhatItHadWritten() {
    Object failing =
        new AbstractMap<String, Object>() {
          @Override
          public Set<Entry<String, Object>> entrySet() {
            return new java.util.AbstractSet<>() {
              @Override
              public java.util.Iterator<Entry<String, Object>> iterator() {
                java.util.Iterator<Entry<String, Object>> one =
                    Map.<String, Object>of("a", List.of(1)).entrySet().iterator();
                return new java.util.Iterator<>() {
                  @Override
                  public boolean hasNext() {
                    return true;
                  }

                  @Override
                  public Entry<String, Object> next() {
                    return one.next();
                  }
                };
              }

              @Override
              public int size() {
                return 2;
              }
            };
          }
        };

    assertThat(said(List.of(1, failing, List.of(failing), 2)))
        .isEqualTo(
            "[1, <unrepresentable: java.util.NoSuchElementException>,"
                + " [<unrepresentable: java.util.NoSuchElementException>], 2]");
  }

  @Test
  void recursingToString_costsThatValueAlone() {
    Object recursing =
        new Object() {
          @Override
          public String toString() {
            return "again " + this;
          }
        };

    assertThat(said(List.of(1, recursing, 2)))
        .isEqualTo("[1, <unrepresentable: java.lang.StackOverflowError>, 2]");
  }

  @Test
  void toStringWithoutText_isNull() {
    Object nameless =
        new Object() {
          @Override
          @SuppressWarnings({"NullAway", "ToStringReturnsNull"}) // that is what is tested
          public String toString() {
            return null;
          }
        };

    assertThat(said(nameless)).isEqualTo("null");
    assertThat(said(Map.of(nameless, 1))).isEqualTo("{null=1}");
  }

  @Test
  void outOfMemory_passesAndLeavesTheWriterClean() {
    ValueWriter values = new ValueWriter(ValueWriter.Options.PLAIN);
    JsonWriter json = new JsonWriter();
    List<Object> list = List.of(new Exhausting());
    json.begin(0, 0);
    json.name("v");

    assertThatThrownBy(() -> values.write(List.of(list), json))
        .isInstanceOf(OutOfMemoryError.class);

    json.begin(0, 0);
    json.name("v");
    values.write(List.of(List.of(1)), json);
    json.end();
    assertThat(Foreign.line(json.buffer(), json.position()))
        .isEqualTo(Map.of("v", List.of(List.of(BigInteger.ONE))));
  }

  private static final class Exhausting {
    @Override
    public String toString() {
      throw new OutOfMemoryError("made up");
    }
  }

  @Test
  void moreMembersThanACountHolds_areLeftOut() {
    assertThat(said(new int[70_000])).isEqualTo(Collections.nCopies(65_535, 0).toString());
    assertThat(said(Collections.nCopies(70_000, 0)))
        .isEqualTo(Collections.nCopies(65_535, 0).toString());
    Map<Integer, Integer> map = new LinkedHashMap<>();
    for (int i = 0; i < 70_000; i++) {
      map.put(i, i);
    }
    assertThat(said(map)).endsWith("65534=65534}");
  }
}

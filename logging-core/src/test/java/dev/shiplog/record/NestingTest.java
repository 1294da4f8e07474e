package dev.shiplog.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.record.json.JsonWriter;
import dev.shiplog.record.msgpack.MessagePackWriter;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NestingTest {
  /** The record that the names make, each with its place as its value, in both encodings. */
  private static String nested(String... names) {
    RecordWriter json = nested(JsonWriter::new, names);
    RecordWriter msgpack = nested(MessagePackWriter::new, names);
    Map<String, @Nullable Object> line = Foreign.line(json.buffer(), json.position());
    assertThat(Foreign.same(line, Foreign.entry(msgpack.buffer(), msgpack.position()))).isTrue();
    return line.toString();
  }

  private static RecordWriter nested(Supplier<RecordWriter> writers, String... names) {
    RecordWriter flat = writers.get();
    RecordWriter result = writers.get();
    Nesting nesting = new Nesting(flat, result);
    flat.begin(1, 2);
    for (int i = 0; i < names.length; i++) {
      flat.name(flat.newName(names[i]));
      flat.number(i);
    }
    int foreseen = flat.position() + flat.endBytes() + nesting.growth();
    nesting.rewrite(1, 2, flat.position());
    assertThat(result.position()).isLessThanOrEqualTo(foreseen + nesting.renamed());
    return result;
  }

  @Test
  void dottedNames_becomeOneObjectWhereTheFirstStood() {
    assertThat(nested("a.b", "c", "a.d.e", "a.d.f")).isEqualTo("{a={b=0, d={e=2, f=3}}, c=1}");
  }

  @Test
  void nameWithAnEmptyPart_isNoPath() {
    assertThat(nested("a..b", ".a", "a.", "...", "")).isEqualTo("{a..b=0, .a=1, a.=2, ...=3, =4}");
  }

  @Test
  void objectBehindAValue_isCalledOtherwise() {
    assertThat(nested("a", "a.b", "a.c")).isEqualTo("{a=0, a_={b=1, c=2}}");
  }

  @Test
  void objectBeforeAValue_makesWay() {
    assertThat(nested("a.b", "a", "a.c")).isEqualTo("{a=1, a_={b=0, c=2}}");
  }

  @Test
  void objectThatMakesWay_losesNothing() {
    assertThat(nested("a_.b", "a.b", "a")).isEqualTo("{a_={b=0}, a=2, a__={b=1}}");
    assertThat(nested("a_", "a__.x", "a.b", "a")).isEqualTo("{a_=0, a__={x=1}, a=3, a___={b=2}}");
  }

  @Test
  void deepPath_isADeepObject() {
    assertThat(nested("a" + ".a".repeat(100))).isEqualTo("{a=".repeat(101) + "0" + "}".repeat(101));
  }
}

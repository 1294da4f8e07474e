package dev.shiplog.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.shiplog.record.json.JsonWriter;
import java.lang.management.ManagementFactory;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberNamesTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 31, 32, 33, 34, 65, 1_000})
  void names_areNeverEqual(int count) {
    IdentityHashMap<Object, Object> map = new IdentityHashMap<>();
    for (int i = 0; i < count; i++) {
      map.put(new AtomicReference<>("same"), i);
      map.put("other" + i, i);
    }
    JsonWriter writer = new JsonWriter();
    writer.limit(1 << 20);
    writer.begin(1, 2);
    new ValueWriter(ValueWriter.Options.PLAIN).member("map", map, writer);
    writer.end();

    Object read = Foreign.line(writer.buffer(), writer.position()).get("map");
    assertThat(read).isInstanceOf(Map.class);
    assertThat((Map<?, ?>) read).hasSize(2 * count);
    assertThat(String.valueOf(read)).contains("same=", "same_2=", "other0=");
  }

  @Test
  void names_areOfOneObjectAlone() {
    MemberNames names = new MemberNames().begin();
    assertThat(names.unused("a")).isEqualTo("a");
    assertThat(names.unused("a")).isEqualTo("a_2");
    assertThat(names.begin().unused("a")).isEqualTo("a");
    for (int i = 0; i < 100; i++) {
      names.unused("b" + i);
    }
    assertThat(names.size()).isEqualTo(101);
    assertThat(names.begin().unused("b0")).isEqualTo("b0");
  }

  @Test
  void maps_areWrittenWithoutASetOfTheirNames() {
    Map<String, Object> map = new LinkedHashMap<>();
    for (String key : new TreeSet<>(List.of("user", "order", "basket", "shop", "city"))) {
      map.put(key, Map.of("id", 1, "name", "n"));
    }
    ValueWriter values = new ValueWriter(ValueWriter.Options.PLAIN);
    JsonWriter writer = new JsonWriter();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 20; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 1_000; i++) {
        writer.begin(1, 2);
        values.member("map", map, writer);
        writer.end();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }

    // six maps a record: their iterators at the most, no set and no nodes
    assertThat(least / 1_000).as("bytes a record").isLessThan(6 * 80);
  }
}

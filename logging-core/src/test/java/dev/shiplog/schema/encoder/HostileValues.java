package dev.shiplog.schema.encoder;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.time.Instant;
import java.util.AbstractCollection;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values and texts that nobody should log, made from a seed: the same ones from the same. */
final class HostileValues {
  private static final String[] TEXTS = {
    "",
    " ",
    "plain",
    "\"quoted\" \\ and \\\" more",
    "\u0000\u0001\u001f\u007f\u0080\u0085\u009f",
    "line\nline\r\nline\u2028line\u2029line",
    "\ud800",
    "\udc00",
    "\udc00\ud800",
    "a\ud83d",
    "\ud83d\ude00 \ud83d\ud83d\ude00",
    "é€\uffff\ufffe\ufeff",
    "]}{[,:\"",
    "</script><!--",
    "null",
    "{\"json\":true}",
    "${jndi:ldap://x}",
    "%s {} \t"
  };

  private final Random random;
  private final Runnable logging;

  /**
   * Values from {@code random}.
   *
   * @param logging what a value does that logs when it is looked at
   */
  HostileValues(Random random, Runnable logging) {
    this.random = random;
    this.logging = logging;
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  String text() {
    if (oneIn(200)) {
      return TEXTS[random.nextInt(TEXTS.length)].repeat(random.nextInt(5_000));
    }
    if (oneIn(3)) {
      char[] chars = new char[random.nextInt(40)];
      for (int i = 0; i < chars.length; i++) {
        chars[i] = (char) random.nextInt(oneIn(2) ? 0x80 : 0x10000);
      }
      return new String(chars);
    }
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  @Nullable String key() {
    return switch (random.nextInt(16)) {
      case 0 -> null;
      case 1 -> "";
      case 2 -> ".".repeat(1 + random.nextInt(5));
      case 3 -> "a." + random.nextInt(3);
      case 4 -> "a";
      case 5 -> "a.0.b." + random.nextInt(3);
      case 6 -> "a_" + "_".repeat(random.nextInt(3));
      case 7 -> "message";
      case 8 -> "event.truncated";
      case 9 -> "unrepresentable.mdc";
      case 10 -> "log." + random.nextInt(3);
      case 11 -> "x".repeat(255 + random.nextInt(4)) + random.nextInt(3);
      case 12 -> "kv.a";
      case 13 -> "password";
      default -> text();
    };
  }

  /** Any value; now and then one that is different each time it is looked at. */
  @Nullable Object value(int depth) {
    int kind = random.nextInt(depth > 3 ? 24 : 44);
    return kind < 24 ? leaf(kind) : inner(kind, depth);
  }

  private @Nullable Object leaf(int kind) {
    return switch (kind) {
      case 0 -> null;
      case 1 -> random.nextInt();
      case 2 -> random.nextLong() >> random.nextInt(64);
      case 3 -> Double.longBitsToDouble(random.nextLong());
      case 4 -> Float.intBitsToFloat(random.nextInt());
      case 5 -> oneIn(2) ? Double.NaN : Double.NEGATIVE_INFINITY;
      case 6 -> random.nextBoolean();
      case 7 -> (char) random.nextInt(0x10000);
      case 8 -> new BigDecimal(new BigInteger(200, random), random.nextInt(800) - 400);
      case 9 -> new BigDecimal(BigInteger.TEN, random.nextInt());
      case 10 -> new BigInteger(random.nextInt(1_000), random).negate();
      case 11 -> BigInteger.ONE.shiftLeft(oneIn(100) ? 50_000_000 : 900);
      case 12 -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
      case 13 -> new Broken();
      case 14 -> oneIn(500) ? new Endless() : oneIn(4) ? new Talkative(logging) : new Nameless();
      case 15 -> Thread.State.values()[random.nextInt(6)];
      case 16 -> Optional.of(text());
      case 17 -> CharBuffer.wrap(text());
      case 18 -> new byte[random.nextInt(100)];
      case 19 -> String.class;
      case 20 -> new IllegalStateException(text());
      default -> text();
    };
  }

  private Object inner(int kind, int depth) {
    return switch (kind) {
      case 24 -> selfContainingMap();
      case 25 -> selfContainingList();
      case 26 -> new BrokenMap(random.nextInt(3));
      case 27 -> new BrokenList(random.nextInt(5));
      case 28 -> new ModifiedMeanwhile();
      case 29 -> longArray();
      case 30 -> deepList();
      case 31 -> new Object[] {value(depth + 1), new Object[] {value(depth + 1)}};
      case 32 -> new Pair(value(depth + 1), value(depth + 1));
      case 33 -> Optional.ofNullable(value(depth + 1));
      case 34, 35, 36 -> list(depth);
      case 37 -> new Object[] {new Broken(), new Pair(new Broken(), 1)};
      case 38 -> oneIn(200) ? endless() : map(depth);
      case 39 -> oneIn(5_000) ? "m".repeat(10_000_000) : new Bean(value(depth + 1));
      default -> map(depth);
    };
  }

  private List<@Nullable Object> list(int depth) {
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      list.add(value(depth + 1));
    }
    return list;
  }

  private Map<@Nullable Object, @Nullable Object> map(int depth) {
    Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      map.put(oneIn(4) ? random.nextInt(3) : key(), value(depth + 1));
    }
    if (oneIn(20)) {
      map.put(new Nameless(), 1);
    }
    return map;
  }

  private Object longArray() {
    if (oneIn(2_000)) {
      return new int[70_000];
    }
    String[] texts = new String[random.nextInt(oneIn(10) ? 300 : 3)];
    Arrays.fill(texts, text());
    return texts;
  }

  private Object endless() {
    return oneIn(2) ? Collections.nCopies(1 << 30, text()) : new EndlessCollection();
  }

  private static Object selfContainingMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("self", map);
    map.put("list", List.of(Map.of("map", map)));
    return map;
  }

  private static Object selfContainingList() {
    List<Object> list = new ArrayList<>();
    list.add(list);
    list.add(new Object[] {list});
    return list;
  }

  private static Object deepList() {
    Object deep = "bottom";
    for (int i = 0; i < 100; i++) {
      deep = List.of(deep);
    }
    return deep;
  }

  record Pair(@Nullable Object left, @Nullable Object right) {}

  /** Something with getters, one of which may not work. */
  static final class Bean {
    private final @Nullable Object value;

    Bean(@Nullable Object value) {
      this.value = value;
    }

    public @Nullable Object getValue() {
      return value;
    }

    public Bean getSelf() {
      return this;
    }

    public String getPassword() {
      return "hunter2";
    }

    @Override
    public String toString() {
      return "Bean";
    }
  }

  /** An object that fails at whatever it is asked. */
  static final class Broken {
    @Override
    public String toString() {
      throw new IllegalStateException("no text");
    }

    @Override
    public boolean equals(@Nullable Object other) {
      throw new IllegalStateException("not equal");
    }

    @Override
    public int hashCode() {
      throw new IllegalStateException("no hash");
    }
  }

  /** An object without a text. */
  static final class Nameless {
    @Override
    @SuppressWarnings({"NullAway", "ToStringReturnsNull"}) // that is what is wrong with it
    public String toString() {
      return null;
    }
  }

  /** An object that logs when it is asked for its text. */
  static final class Talkative {
    private final Runnable logging;

    Talkative(Runnable logging) {
      this.logging = logging;
    }

    @Override
    public String toString() {
      logging.run();
      return "Talkative";
    }
  }

  /** An object whose text contains itself. */
  static final class Endless {
    @Override
    public String toString() {
      return "again " + this;
    }
  }

  /** A map that is none. */
  static final class BrokenMap extends AbstractMap<String, Object> {
    private final int how;

    BrokenMap(int how) {
      this.how = how;
    }

    @Override
    @SuppressWarnings({"NullAway", "DataFlowIssue"}) // that is what is wrong with it
    public Set<Entry<String, Object>> entrySet() {
      return switch (how) {
        case 0 -> null;
        case 1 -> Collections.singleton(null);
        default -> throw new UnsupportedOperationException("entries");
      };
    }

    @Override
    public String toString() {
      return "BrokenMap";
    }
  }

  /** A list that fails after some elements. */
  static final class BrokenList extends AbstractList<Object> {
    private final int sound;

    BrokenList(int sound) {
      this.sound = sound;
    }

    @Override
    public Object get(int index) {
      if (index == sound) {
        throw new NoSuchElementException("element " + index);
      }
      return List.of(index, Map.of("deep", List.of(index)));
    }

    @Override
    public int size() {
      return 10;
    }
  }

  /** A list that another thread, or so it seems, changes while it is read. */
  static final class ModifiedMeanwhile extends AbstractCollection<Object> {
    private final List<Object> list = new ArrayList<>(List.of(1, 2, 3));

    @Override
    public Iterator<Object> iterator() {
      Iterator<Object> iterator = new ArrayList<>(list).iterator();
      List<Object> copy = new ArrayList<>(list);
      Iterator<Object> failing = copy.iterator();
      iterator.next();
      failing.next();
      copy.add(4);
      return failing;
    }

    @Override
    public int size() {
      return list.size();
    }
  }

  /** A collection that never ends. */
  static final class EndlessCollection extends AbstractCollection<Object> {
    @Override
    public Iterator<Object> iterator() {
      return Collections.<Object>nCopies(Integer.MAX_VALUE, "again").iterator();
    }

    @Override
    public int size() {
      return Integer.MAX_VALUE;
    }
  }

  static Collection<String> texts() {
    return List.of(TEXTS);
  }
}

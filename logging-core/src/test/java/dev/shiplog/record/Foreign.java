package dev.shiplog.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;

/** Reads what shiplog wrote with parsers that shiplog's authors have not written. */
public final class Foreign {
  private static final JsonMapper JACKSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(100_000_000).build())
                  .build())
          .enable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Deeper than any record: what nests dots makes an object of each. */
  private static final int MAX_DEPTH = 1_000;

  private Foreign() {}

  /** Checks that bytes are one line with one object, though names may come twice in it. */
  public static void oneObject(byte[] bytes, int length) {
    oneLine(bytes, length);
    gson(bytes, length);
  }

  private static void oneLine(byte[] bytes, int length) {
    boolean ends = length > 0 && bytes[length - 1] == '\n';
    if (!ends || Utf8Walk.breaks(bytes, 0, length) != 1) {
      throw new AssertionError(
          "the only line break must be the last byte: " + brief(bytes, length));
    }
  }

  /** The one object of a JSON line, after checks of all that a line must be. */
  public static Map<String, @Nullable Object> line(byte[] bytes, int length) {
    oneObject(bytes, length);
    try {
      return object(JACKSON.readTree(bytes, 0, length));
    } catch (IOException e) {
      throw new AssertionError(brief(bytes, length), e);
    }
  }

  private static String brief(String text) {
    return text.length() < 3_000 ? text : text.substring(0, 3_000) + "... " + text.length();
  }

  private static String brief(byte[] bytes, int length) {
    return brief(new String(bytes, 0, length, StandardCharsets.UTF_8));
  }

  /** Another parser than Jackson, which builds nothing and reads everything. */
  private static void gson(byte[] bytes, int length) {
    JsonReader reader =
        new JsonReader(new StringReader(new String(bytes, 0, length, StandardCharsets.UTF_8)));
    reader.setStrictness(Strictness.STRICT);
    reader.setNestingLimit(MAX_DEPTH);
    try {
      JsonToken token = reader.peek();
      if (token != JsonToken.BEGIN_OBJECT) {
        throw new AssertionError("no object: " + brief(bytes, length));
      }
      while (token != JsonToken.END_DOCUMENT) {
        read(token, reader);
        token = reader.peek();
      }
    } catch (IOException | RuntimeException e) {
      throw new AssertionError(brief(bytes, length), e);
    }
  }

  @SuppressWarnings("CheckReturnValue") // that it can be read is all that is asked
  private static void read(JsonToken token, JsonReader reader) throws IOException {
    switch (token) {
      case BEGIN_OBJECT -> reader.beginObject();
      case END_OBJECT -> reader.endObject();
      case BEGIN_ARRAY -> reader.beginArray();
      case END_ARRAY -> reader.endArray();
      case NAME -> reader.nextName();
      case STRING, NUMBER -> reader.nextString();
      case BOOLEAN -> reader.nextBoolean();
      default -> reader.nextNull();
    }
  }

  private static Map<String, @Nullable Object> object(JsonNode node) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    node.properties().forEach(member -> map.put(member.getKey(), value(member.getValue())));
    return map;
  }

  private static @Nullable Object value(JsonNode node) {
    if (node.isObject()) {
      return object(node);
    }
    if (node.isArray()) {
      List<@Nullable Object> list = new ArrayList<>();
      node.forEach(element -> list.add(value(element)));
      return list;
    }
    if (node.isNull()) {
      return null;
    }
    if (node.isNumber()) {
      return node.isIntegralNumber() ? node.bigIntegerValue() : (Object) node.doubleValue();
    }
    return node.isBoolean() ? (Object) node.booleanValue() : node.textValue();
  }

  /** The map of a forward entry that takes exactly {@code length} bytes. */
  public static Map<String, @Nullable Object> entry(byte[] bytes, int length) {
    try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(bytes, 0, length)) {
      assertThat(unpacker.unpackArrayHeader()).isEqualTo(2);
      Value time = unpacker.unpackValue();
      assertThat(time.asExtensionValue().getType()).isZero();
      assertThat(time.asExtensionValue().getData()).hasSize(8);
      @Nullable Object map = value(unpacker.unpackValue());
      assertThat(unpacker.getTotalReadBytes()).isEqualTo(length);
      return asMap(map);
    } catch (IOException | RuntimeException e) {
      throw new AssertionError(brief(HexFormat.of().formatHex(bytes, 0, length)), e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, @Nullable Object> asMap(@Nullable Object map) {
    assertThat(map).isInstanceOf(Map.class);
    return (Map<String, @Nullable Object>) java.util.Objects.requireNonNull(map);
  }

  private static @Nullable Object value(Value value) throws IOException {
    return switch (value.getValueType()) {
      case NIL -> null;
      case BOOLEAN -> value.asBooleanValue().getBoolean();
      case INTEGER -> value.asIntegerValue().asBigInteger();
      case FLOAT -> value.asFloatValue().toDouble();
      case STRING -> text(value);
      case BINARY -> Base64.getEncoder().encodeToString(value.asBinaryValue().asByteArray());
      case ARRAY -> list(value);
      case MAP -> map(value);
      default -> throw new AssertionError("unexpected " + value);
    };
  }

  private static String text(Value value) {
    byte[] bytes = value.asStringValue().asByteArray();
    int unused = Utf8Walk.breaks(bytes, 0, bytes.length);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static List<@Nullable Object> list(Value array) throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    for (Value element : array.asArrayValue()) {
      list.add(value(element));
    }
    return list;
  }

  private static Map<String, @Nullable Object> map(Value value) throws IOException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    Value[] pairs = value.asMapValue().getKeyValueArray();
    for (int i = 0; i < pairs.length; i += 2) {
      String name = text(pairs[i]);
      if (map.containsKey(name)) {
        throw new AssertionError("a name twice: " + name);
      }
      map.put(name, value(pairs[i + 1]));
    }
    return map;
  }

  /** Whether two values read from different encodings say the same. */
  public static boolean same(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
      Iterator<? extends Map.Entry<?, ?>> others = y.entrySet().iterator();
      boolean same = x.size() == y.size();
      for (Map.Entry<?, ?> one : x.entrySet()) {
        if (!same) {
          return false;
        }
        Map.Entry<?, ?> other = others.next();
        same = one.getKey().equals(other.getKey()) && same(one.getValue(), other.getValue());
      }
      return same;
    }
    if (a instanceof List<?> x && b instanceof List<?> y) {
      boolean same = x.size() == y.size();
      for (int i = 0; same && i < x.size(); i++) {
        same = same(x.get(i), y.get(i));
      }
      return same;
    }
    if (a instanceof Number x
        && b instanceof Number y
        && !(a instanceof BigInteger && b instanceof BigInteger)) {
      return new BigDecimal(x.toString()).doubleValue()
          == new BigDecimal(y.toString()).doubleValue();
    }
    return java.util.Objects.equals(a, b);
  }
}

package dev.shiplog.testkit;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.value.ArrayValue;
import org.msgpack.value.ExtensionValue;
import org.msgpack.value.IntegerValue;
import org.msgpack.value.MapValue;
import org.msgpack.value.Value;

/** msgpack values as plain Java ones; what each becomes is said at {@link ReceivedEvent}. */
final class JavaValues {
  private JavaValues() {}

  static @Nullable Object of(Value value) throws MalformedFrameException {
    return switch (value.getValueType()) {
      case NIL -> null;
      case BOOLEAN -> value.asBooleanValue().getBoolean();
      case INTEGER -> integer(value.asIntegerValue());
      case FLOAT -> value.asFloatValue().toDouble();
      case STRING -> value.asStringValue().asString();
      case BINARY -> value.asBinaryValue().asByteArray();
      case ARRAY -> list(value.asArrayValue());
      case MAP -> map(value.asMapValue());
      case EXTENSION -> eventTime(value.asExtensionValue());
    };
  }

  /**
   * A map in the order in which it was sent. A key that comes twice is refused: a decoder would
   * quietly keep one of the two, and which one differs between servers.
   */
  static Map<String, @Nullable Object> map(MapValue map) throws MalformedFrameException {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    Value[] keysAndValues = map.getKeyValueArray();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      Value key = keysAndValues[i];
      if (!key.isStringValue()) {
        throw new MalformedFrameException("the key " + key + " is no string");
      }
      String name = key.asStringValue().asString();
      if (entries.containsKey(name)) {
        throw new MalformedFrameException("the key " + key + " comes twice in one map");
      }
      entries.put(name, of(keysAndValues[i + 1]));
    }
    return Collections.unmodifiableMap(entries);
  }

  /** A time as the protocol has it: whole seconds, or an EventTime. */
  static Instant time(Value value) throws MalformedFrameException {
    if (value.isIntegerValue()) {
      return Instant.ofEpochSecond(value.asIntegerValue().asLong());
    }
    if (value.isExtensionValue()) {
      return eventTime(value.asExtensionValue());
    }
    throw new MalformedFrameException("the time " + value + " is neither seconds nor an EventTime");
  }

  /**
   *
   *
   * <pre>
   * ext type 0, 8 bytes:  | u32 BE seconds | u32 BE nanoseconds |
   * </pre>
   */
  private static Instant eventTime(ExtensionValue ext) throws MalformedFrameException {
    byte[] data = ext.getData();
    if (ext.getType() != 0 || data.length != 8) {
      throw new MalformedFrameException(
          "an ext of type " + ext.getType() + " and " + data.length + " bytes is no EventTime");
    }
    ByteBuffer buffer = ByteBuffer.wrap(data);
    long seconds = Integer.toUnsignedLong(buffer.getInt());
    long nanos = Integer.toUnsignedLong(buffer.getInt());
    if (nanos > 999_999_999) {
      throw new MalformedFrameException("an EventTime has " + nanos + " nanoseconds");
    }
    return Instant.ofEpochSecond(seconds, nanos);
  }

  private static Object integer(IntegerValue value) {
    return value.isInLongRange() ? (Object) value.asLong() : value.asBigInteger();
  }

  private static List<@Nullable Object> list(ArrayValue array) throws MalformedFrameException {
    List<@Nullable Object> elements = new ArrayList<>(array.size());
    for (Value element : array) {
      elements.add(of(element));
    }
    return Collections.unmodifiableList(elements);
  }
}

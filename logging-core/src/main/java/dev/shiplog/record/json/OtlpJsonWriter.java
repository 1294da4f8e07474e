package dev.shiplog.record.json;

import dev.shiplog.record.Decimal;
import dev.shiplog.record.FieldName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * JSON in which attributes are what OTLP's JSON mapping makes of them: an array of {@code
 * {"key":…,"value":{"stringValue":…}}}, the value under the name of its type. What is in no
 * attributes is plain JSON.
 */
final class OtlpJsonWriter extends JsonWriter {
  private static final int MAX_INT_BITS = 63;

  /** For each open container of attributes whether it holds pairs of key and value. */
  private boolean[] pairs = new boolean[16];

  /** How many containers are open; 0 outside of attributes, 1 in them. */
  private int depth;

  @Override
  protected void start(long epochSecond, int nano) {
    depth = 0;
    super.start(epochSecond, nano);
  }

  @Override
  public FieldName newAttributeName(String name) {
    OtlpJsonWriter writer = new OtlpJsonWriter();
    writer.key(name);
    return new FieldName(name, Arrays.copyOf(writer.bytes, writer.position));
  }

  @Override
  protected void beginAttributes() {
    super.beginArray();
    open(true);
  }

  @Override
  protected void endAttributes() {
    depth = 0;
    super.endArray();
  }

  private void open(boolean ofPairs) {
    depth++;
    if (depth == pairs.length) {
      pairs = Arrays.copyOf(pairs, depth * 2);
    }
    pairs[depth] = ofPairs;
  }

  @Override
  public Mark mark(Mark reuse) {
    super.mark(reuse).depth = depth;
    return reuse;
  }

  @Override
  public void rewind(Mark mark) {
    super.rewind(mark);
    depth = mark.depth;
  }

  @Override
  protected boolean separatesNext() {
    return depth == 0 ? super.separatesNext() : bytes[position - 1] != '[';
  }

  @Override
  public void field(FieldName name, String value) {
    if (depth == 0) {
      super.field(name, value);
    } else {
      name(name);
      text(value);
    }
  }

  @Override
  public void name(String name) {
    if (depth == 0) {
      super.name(name);
    } else {
      key(name);
    }
  }

  private void key(String name) {
    if (position == 0 || bytes[position - 1] != '[') {
      room(1)[position++] = ',';
    }
    ascii("{\"key\":\"");
    nameBegins();
    append(name);
    ascii("\",\"value\":");
  }

  /** Opens a value under the name of its type. */
  private void begin(String type) {
    valueRoom(0);
    ascii(type);
  }

  /** Closes the value, and the pair that it may stand in. */
  private void end(String brackets) {
    ascii(brackets);
    if (pairs[depth]) {
      room(1)[position++] = '}';
    }
  }

  @Override
  public void beginText() {
    if (depth > 0) {
      begin("{\"stringValue\":");
    }
    super.beginText();
  }

  @Override
  protected void closeText() {
    super.closeText();
    if (depth > 0) {
      end("}");
    }
  }

  @Override
  public void beginObject() {
    if (depth == 0) {
      super.beginObject();
    } else {
      begin("{\"kvlistValue\":{\"values\":[");
      open(true);
    }
  }

  @Override
  public void endObject() {
    if (depth == 0) {
      super.endObject();
    } else {
      depth--;
      end("]}}");
    }
  }

  @Override
  public void beginArray() {
    if (depth == 0) {
      super.beginArray();
    } else {
      begin("{\"arrayValue\":{\"values\":[");
      open(false);
    }
  }

  @Override
  public void endArray() {
    if (depth == 0) {
      super.endArray();
    } else {
      depth--;
      end("]}}");
    }
  }

  @Override
  public void number(long value) {
    if (depth == 0) {
      super.number(value);
    } else {
      begin("{\"intValue\":\"");
      position = Decimal.write(value, room(Decimal.MAX_LONG), position);
      end("\"}");
    }
  }

  @Override
  public void number(double value) {
    if (depth == 0 || !Double.isFinite(value)) {
      super.number(value);
    } else {
      real(Double.toString(value));
    }
  }

  @Override
  public void number(float value) {
    if (depth == 0 || !Float.isFinite(value)) {
      super.number(value);
    } else {
      real(Float.toString(value));
    }
  }

  @Override
  public void number(BigDecimal value) {
    if (depth == 0) {
      super.number(value);
    } else {
      real(value.toString());
    }
  }

  @Override
  public void number(BigInteger value) {
    if (depth == 0) {
      super.number(value);
    } else if (value.bitLength() <= MAX_INT_BITS) {
      number(value.longValue());
    } else {
      real(value.toString());
    }
  }

  private void real(String digits) {
    begin("{\"doubleValue\":");
    ascii(digits);
    end("}");
  }

  @Override
  public void bool(boolean value) {
    if (depth == 0) {
      super.bool(value);
    } else {
      begin(value ? "{\"boolValue\":true" : "{\"boolValue\":false");
      end("}");
    }
  }

  /** The value that is none has no type. */
  @Override
  public void nil() {
    if (depth == 0) {
      super.nil();
    } else {
      begin("{");
      end("}");
    }
  }

  @Override
  public void timestamp(long epochSecond, int nano, int decimals) {
    if (depth > 0) {
      begin("{\"stringValue\":");
    }
    super.timestamp(epochSecond, nano, decimals);
    if (depth > 0) {
      end("}");
    }
  }

  @Override
  public void seconds(long epochSecond, int nano, int decimals) {
    if (depth > 0) {
      begin("{\"doubleValue\":");
    }
    super.seconds(epochSecond, nano, decimals);
    if (depth > 0) {
      end("}");
    }
  }

  @Override
  public void nanos(long epochSecond, int nano, int decimals) {
    if (depth > 0) {
      begin("{\"intValue\":");
    }
    super.nanos(epochSecond, nano, decimals);
    if (depth > 0) {
      end("}");
    }
  }
}

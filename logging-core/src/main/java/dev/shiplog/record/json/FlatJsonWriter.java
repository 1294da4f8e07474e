package dev.shiplog.record.json;

import dev.shiplog.record.RecordWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * JSON whose fields are texts and numbers alone: a boolean is its word, and an object or array a
 * text of its own JSON, which is cut as texts are. Has no groups.
 */
final class FlatJsonWriter extends JsonWriter {
  /** What is inside of a field's object or array, as the value of a name of its own. */
  private final JsonWriter inner = new JsonWriter();

  private int innerStart;

  /** How many objects and arrays are open; the field itself is at 0. */
  private int depth;

  @Override
  protected void start(long epochSecond, int nano) {
    depth = 0;
    super.start(epochSecond, nano);
  }

  @Override
  public RecordWriter withFlatValues() {
    return new FlatJsonWriter();
  }

  @Override
  public boolean hopeless() {
    return super.hopeless() || depth > 0 && inner.hopeless();
  }

  @Override
  public Mark mark(Mark reuse) {
    Mark mark = depth > 0 ? inner.mark(reuse) : super.mark(reuse);
    mark.depth = depth;
    return mark;
  }

  @Override
  public void rewind(Mark mark) {
    if (mark.depth > 0) {
      inner.rewind(mark);
    } else {
      super.rewind(mark);
    }
    depth = mark.depth;
  }

  @Override
  public void name(String name) {
    if (depth > 0) {
      inner.name(name);
    } else {
      super.name(name);
    }
  }

  @Override
  public void beginObject() {
    enter();
    inner.beginObject();
  }

  @Override
  public void endObject() {
    inner.endObject();
    leave();
  }

  @Override
  public void beginArray() {
    enter();
    inner.beginArray();
  }

  @Override
  public void endArray() {
    inner.endArray();
    leave();
  }

  private void enter() {
    if (depth++ == 0) {
      inner.limit(limit());
      inner.textCap(textCap());
      inner.begin(0, 0);
      inner.name("");
      innerStart = inner.position();
    }
  }

  private void leave() {
    if (--depth == 0) {
      int length = inner.position() - innerStart;
      beginText();
      append(new String(inner.buffer(), innerStart, length, StandardCharsets.UTF_8));
      long cut = inner.fullSize() - inner.size();
      if (cut > 0) {
        textCuts(cut);
      }
      endText();
    }
  }

  @Override
  public void text(String value) {
    if (depth > 0) {
      inner.text(value);
    } else {
      super.text(value);
    }
  }

  @Override
  public void number(long value) {
    if (depth > 0) {
      inner.number(value);
    } else {
      super.number(value);
    }
  }

  @Override
  public void number(double value) {
    if (depth > 0) {
      inner.number(value);
    } else {
      super.number(value);
    }
  }

  @Override
  public void number(float value) {
    if (depth > 0) {
      inner.number(value);
    } else {
      super.number(value);
    }
  }

  @Override
  public void number(BigDecimal value) {
    if (depth > 0) {
      inner.number(value);
    } else {
      super.number(value);
    }
  }

  @Override
  public void number(BigInteger value) {
    if (depth > 0) {
      inner.number(value);
    } else {
      super.number(value);
    }
  }

  @Override
  public void bool(boolean value) {
    if (depth > 0) {
      inner.bool(value);
    } else {
      super.text(Boolean.toString(value));
    }
  }

  @Override
  public void nil() {
    if (depth > 0) {
      inner.nil();
    } else {
      super.text("null");
    }
  }

  @Override
  public void binary(byte[] value) {
    if (depth > 0) {
      inner.binary(value);
    } else {
      super.binary(value);
    }
  }
}

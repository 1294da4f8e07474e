package dev.shiplog.record.jackson;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.TreeNode;
import com.fasterxml.jackson.core.base.GeneratorBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shiplog.record.ObjectTokens;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Jackson 2's view of {@link ObjectTokens}; for one object. */
final class Jackson2Generator extends GeneratorBase {
  private final ObjectTokens tokens;
  private final ObjectMapper mapper;
  private @Nullable Object first;

  @SuppressWarnings("deprecation") // the constructor that every 2.x has
  Jackson2Generator(Object object, ObjectTokens tokens, ObjectMapper mapper) {
    super(0, mapper);
    this.first = object;
    this.tokens = tokens;
    this.mapper = mapper;
  }

  /** Whether {@code value} is the object that this generator was made for: true once. */
  boolean startsWith(Object value) {
    boolean starts = value == first;
    if (starts) {
      first = null;
    }
    return starts;
  }

  @Override
  public void writeStartArray() {
    tokens.beginArray();
    _writeContext = _writeContext.createChildArrayContext();
  }

  @Override
  public void writeEndArray() {
    tokens.endArray();
    _writeContext = _writeContext.clearAndGetParent();
  }

  @Override
  public void writeStartObject() {
    writeStartObject(null);
  }

  @Override
  public void writeStartObject(@Nullable Object forValue) {
    tokens.beginObject(forValue instanceof JsonNode ? null : forValue);
    _writeContext = _writeContext.createChildObjectContext(forValue);
  }

  @Override
  public void writeStartObject(@Nullable Object forValue, int size) {
    writeStartObject(forValue);
  }

  @Override
  public void writeEndObject() {
    tokens.endObject();
    _writeContext = _writeContext.clearAndGetParent();
  }

  @Override
  public void writeFieldName(String name) throws JsonProcessingException {
    tokens.name(name);
    _writeContext.writeFieldName(name);
  }

  private void value(@Nullable Object value) {
    tokens.value(value);
    _writeContext.writeValue();
  }

  @Override
  public void writeString(String text) {
    value(text);
  }

  @Override
  public void writeString(char[] text, int offset, int length) {
    value(new String(text, offset, length));
  }

  @Override
  public void writeRawUTF8String(byte[] text, int offset, int length) {
    writeUTF8String(text, offset, length);
  }

  @Override
  public void writeUTF8String(byte[] text, int offset, int length) {
    value(new String(text, offset, length, StandardCharsets.UTF_8));
  }

  @Override
  public void writeRaw(String text) {
    throw new UnsupportedOperationException("raw output");
  }

  @Override
  public void writeRaw(String text, int offset, int length) {
    throw new UnsupportedOperationException("raw output");
  }

  @Override
  public void writeRaw(char[] text, int offset, int length) {
    throw new UnsupportedOperationException("raw output");
  }

  @Override
  public void writeRaw(char c) {
    throw new UnsupportedOperationException("raw output");
  }

  /** Nobody vouches for raw JSON: it is read, and is a text where it is none. */
  @Override
  public void writeRawValue(String json) {
    Object value = json;
    try {
      value = mapper.readTree(json);
    } catch (JsonProcessingException notJson) {
      // Then it is what it is.
    }
    value(value);
  }

  @Override
  public void writeRawValue(String json, int offset, int length) {
    writeRawValue(json.substring(offset, offset + length));
  }

  @Override
  public void writeRawValue(char[] json, int offset, int length) {
    writeRawValue(new String(json, offset, length));
  }

  @Override
  public void writeRawValue(SerializableString json) {
    writeRawValue(json.getValue());
  }

  @Override
  public void writeBinary(Base64Variant variant, byte[] data, int offset, int length) {
    value(Arrays.copyOfRange(data, offset, offset + length));
  }

  @Override
  public void writeNumber(int number) {
    value(number);
  }

  @Override
  public void writeNumber(long number) {
    value(number);
  }

  @Override
  public void writeNumber(@Nullable BigInteger number) {
    value(number);
  }

  @Override
  public void writeNumber(double number) {
    value(number);
  }

  @Override
  public void writeNumber(float number) {
    value(number);
  }

  @Override
  public void writeNumber(@Nullable BigDecimal number) {
    value(number);
  }

  @Override
  public void writeNumber(String number) {
    value(EncodedNumber.read(number));
  }

  @Override
  public void writeBoolean(boolean flag) {
    value(flag);
  }

  @Override
  public void writeNull() {
    value(null);
  }

  @Override
  public void writeObject(@Nullable Object object) {
    value(object);
  }

  @Override
  public void writeEmbeddedObject(@Nullable Object object) {
    value(object);
  }

  @Override
  public void writeTree(@Nullable TreeNode tree) {
    value(tree);
  }

  @Override
  public void flush() {}

  @Override
  protected void _releaseBuffers() {}

  @Override
  protected void _verifyValueWrite(String what) {}
}

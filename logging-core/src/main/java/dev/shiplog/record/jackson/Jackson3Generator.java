package dev.shiplog.record.jackson;

import dev.shiplog.record.ObjectTokens;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.Base64Variant;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamWriteCapability;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TreeNode;
import tools.jackson.core.Version;
import tools.jackson.core.util.JacksonFeatureSet;
import tools.jackson.core.util.SimpleStreamWriteContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Jackson 3's view of {@link ObjectTokens}; for one object. */
final class Jackson3Generator extends JsonGenerator {
  private final ObjectTokens tokens;
  private final ObjectMapper mapper;
  private @Nullable Object first;
  private SimpleStreamWriteContext context = SimpleStreamWriteContext.createRootContext(null);

  Jackson3Generator(Object object, ObjectTokens tokens, ObjectMapper mapper) {
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
  public JsonGenerator writeStartArray() {
    return writeStartArray(null);
  }

  @Override
  public JsonGenerator writeStartArray(@Nullable Object forValue) {
    tokens.beginArray();
    context = context.createChildArrayContext(forValue);
    return this;
  }

  @Override
  public JsonGenerator writeStartArray(@Nullable Object forValue, int size) {
    return writeStartArray(forValue);
  }

  @Override
  public JsonGenerator writeEndArray() {
    tokens.endArray();
    context = context.clearAndGetParent();
    return this;
  }

  @Override
  public JsonGenerator writeStartObject() {
    return writeStartObject(null);
  }

  @Override
  public JsonGenerator writeStartObject(@Nullable Object forValue) {
    tokens.beginObject(forValue instanceof JsonNode ? null : forValue);
    context = context.createChildObjectContext(forValue);
    return this;
  }

  @Override
  public JsonGenerator writeStartObject(@Nullable Object forValue, int size) {
    return writeStartObject(forValue);
  }

  @Override
  public JsonGenerator writeEndObject() {
    tokens.endObject();
    context = context.clearAndGetParent();
    return this;
  }

  @Override
  public JsonGenerator writeName(String name) {
    tokens.name(name);
    context.writeName(name);
    return this;
  }

  @Override
  public JsonGenerator writeName(SerializableString name) {
    return writeName(name.getValue());
  }

  @Override
  public JsonGenerator writePropertyId(long id) {
    return writeName(Long.toString(id));
  }

  private JsonGenerator value(@Nullable Object value) {
    tokens.value(value);
    context.writeValue();
    return this;
  }

  @Override
  public JsonGenerator writeString(@Nullable String text) {
    return value(text);
  }

  @Override
  public JsonGenerator writeString(Reader text, int length) {
    throw new UnsupportedOperationException("text from a reader");
  }

  @Override
  public JsonGenerator writeString(char[] text, int offset, int length) {
    return value(new String(text, offset, length));
  }

  @Override
  public JsonGenerator writeString(SerializableString text) {
    return value(text.getValue());
  }

  @Override
  public JsonGenerator writeRawUTF8String(byte[] text, int offset, int length) {
    return writeUTF8String(text, offset, length);
  }

  @Override
  public JsonGenerator writeUTF8String(byte[] text, int offset, int length) {
    return value(new String(text, offset, length, StandardCharsets.UTF_8));
  }

  @Override
  public JsonGenerator writeRaw(String text) {
    throw new UnsupportedOperationException("raw output");
  }

  @Override
  public JsonGenerator writeRaw(String text, int offset, int length) {
    throw new UnsupportedOperationException("raw output");
  }

  @Override
  public JsonGenerator writeRaw(char[] text, int offset, int length) {
    throw new UnsupportedOperationException("raw output");
  }

  @Override
  public JsonGenerator writeRaw(char c) {
    throw new UnsupportedOperationException("raw output");
  }

  /** Nobody vouches for raw JSON: it is read, and is a text where it is none. */
  @Override
  public JsonGenerator writeRawValue(String json) {
    Object value = json;
    try {
      value = mapper.readTree(json);
    } catch (JacksonException notJson) {
      // Then it is what it is.
    }
    return value(value);
  }

  @Override
  public JsonGenerator writeRawValue(String json, int offset, int length) {
    return writeRawValue(json.substring(offset, offset + length));
  }

  @Override
  public JsonGenerator writeRawValue(char[] json, int offset, int length) {
    return writeRawValue(new String(json, offset, length));
  }

  @Override
  public JsonGenerator writeRawValue(SerializableString json) {
    return writeRawValue(json.getValue());
  }

  @Override
  public JsonGenerator writeBinary(Base64Variant variant, byte[] data, int offset, int length) {
    return value(Arrays.copyOfRange(data, offset, offset + length));
  }

  @Override
  public int writeBinary(Base64Variant variant, InputStream data, int length) {
    throw new UnsupportedOperationException("bytes from a stream");
  }

  @Override
  public JsonGenerator writeNumber(short number) {
    return value(number);
  }

  @Override
  public JsonGenerator writeNumber(int number) {
    return value(number);
  }

  @Override
  public JsonGenerator writeNumber(long number) {
    return value(number);
  }

  @Override
  public JsonGenerator writeNumber(@Nullable BigInteger number) {
    return value(number);
  }

  @Override
  public JsonGenerator writeNumber(double number) {
    return value(number);
  }

  @Override
  public JsonGenerator writeNumber(float number) {
    return value(number);
  }

  @Override
  public JsonGenerator writeNumber(@Nullable BigDecimal number) {
    return value(number);
  }

  @Override
  public JsonGenerator writeNumber(String number) {
    return value(EncodedNumber.read(number));
  }

  @Override
  public JsonGenerator writeBoolean(boolean flag) {
    return value(flag);
  }

  @Override
  public JsonGenerator writeNull() {
    return value(null);
  }

  @Override
  public JsonGenerator writePOJO(@Nullable Object object) {
    return value(object);
  }

  @Override
  public JsonGenerator writeEmbeddedObject(@Nullable Object object) {
    return value(object);
  }

  @Override
  public JsonGenerator writeTree(@Nullable TreeNode tree) {
    return value(tree);
  }

  @Override
  public TokenStreamContext streamWriteContext() {
    return context;
  }

  @Override
  public @Nullable Object currentValue() {
    return context.currentValue();
  }

  @Override
  public void assignCurrentValue(Object value) {
    context.assignCurrentValue(value);
  }

  @Override
  public ObjectWriteContext objectWriteContext() {
    return ObjectWriteContext.empty();
  }

  @Override
  public @Nullable Object streamWriteOutputTarget() {
    return null;
  }

  @Override
  public int streamWriteOutputBuffered() {
    return -1;
  }

  @Override
  public JsonGenerator configure(StreamWriteFeature feature, boolean state) {
    return this;
  }

  @Override
  public boolean isEnabled(StreamWriteFeature feature) {
    return false;
  }

  @Override
  public int streamWriteFeatures() {
    return 0;
  }

  @Override
  public boolean has(StreamWriteCapability capability) {
    return false;
  }

  @Override
  public JacksonFeatureSet<StreamWriteCapability> streamWriteCapabilities() {
    return JacksonFeatureSet.fromDefaults(StreamWriteCapability.values());
  }

  @Override
  public Version version() {
    return Version.unknownVersion();
  }

  @Override
  public void flush() {}

  @Override
  public boolean isClosed() {
    return false;
  }

  @Override
  public void close() {}
}

package dev.shiplog.record.jackson;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.type.ArrayType;
import com.fasterxml.jackson.databind.type.CollectionLikeType;
import com.fasterxml.jackson.databind.type.CollectionType;
import com.fasterxml.jackson.databind.type.MapLikeType;
import com.fasterxml.jackson.databind.type.MapType;
import dev.shiplog.record.ObjectTokens;
import dev.shiplog.record.RecordWriter;
import dev.shiplog.record.ValueWriter;

/**
 * Takes objects apart with Jackson 2: it says which members an object has, one object at a time;
 * what is inside them comes back to {@link ValueWriter}. Immutable, safe for any thread.
 */
final class Jackson2Form implements ObjectForms.TreeForm {
  private final ObjectMapper mapper =
      JsonMapper.builder()
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .disable(SerializationFeature.FAIL_ON_SELF_REFERENCES)
          .disable(SerializationFeature.WRAP_EXCEPTIONS)
          .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
          .addModule(new SimpleModule("shiplog").setSerializerModifier(new Handover()))
          .build();
  private final ObjectWriter writer = mapper.writer();

  @Override
  public boolean owns(Object object) {
    return object instanceof JsonNode;
  }

  @Override
  public void write(Object object, ValueWriter values, RecordWriter to) throws Exception {
    ObjectTokens tokens = new ObjectTokens(values, to);
    try {
      writer.writeValue(new Jackson2Generator(object, tokens, mapper), object);
    } catch (JsonProcessingException failure) {
      throw ObjectForms.reason(failure, JsonProcessingException.class);
    }
    tokens.finish();
  }

  /** Puts {@link Jackson2Serializer} before every serializer. */
  private static final class Handover extends BeanSerializerModifier {
    private static final long serialVersionUID = 1;

    @Override
    public JsonSerializer<?> modifySerializer(
        SerializationConfig config, BeanDescription bean, JsonSerializer<?> serializer) {
      return new Jackson2Serializer(serializer);
    }

    @Override
    public JsonSerializer<?> modifyArraySerializer(
        SerializationConfig config,
        ArrayType type,
        BeanDescription bean,
        JsonSerializer<?> serializer) {
      return new Jackson2Serializer(serializer);
    }

    @Override
    public JsonSerializer<?> modifyCollectionSerializer(
        SerializationConfig config,
        CollectionType type,
        BeanDescription bean,
        JsonSerializer<?> serializer) {
      return new Jackson2Serializer(serializer);
    }

    @Override
    public JsonSerializer<?> modifyCollectionLikeSerializer(
        SerializationConfig config,
        CollectionLikeType type,
        BeanDescription bean,
        JsonSerializer<?> serializer) {
      return new Jackson2Serializer(serializer);
    }

    @Override
    public JsonSerializer<?> modifyMapSerializer(
        SerializationConfig config,
        MapType type,
        BeanDescription bean,
        JsonSerializer<?> serializer) {
      return new Jackson2Serializer(serializer);
    }

    @Override
    public JsonSerializer<?> modifyMapLikeSerializer(
        SerializationConfig config,
        MapLikeType type,
        BeanDescription bean,
        JsonSerializer<?> serializer) {
      return new Jackson2Serializer(serializer);
    }

    @Override
    public JsonSerializer<?> modifyEnumSerializer(
        SerializationConfig config,
        JavaType type,
        BeanDescription bean,
        JsonSerializer<?> serializer) {
      return new Jackson2Serializer(serializer);
    }
  }
}

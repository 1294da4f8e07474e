package dev.shiplog.record.jackson;

import dev.shiplog.record.ObjectTokens;
import dev.shiplog.record.RecordWriter;
import dev.shiplog.record.ValueWriter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.type.ArrayType;
import tools.jackson.databind.type.CollectionLikeType;
import tools.jackson.databind.type.CollectionType;
import tools.jackson.databind.type.MapLikeType;
import tools.jackson.databind.type.MapType;

/**
 * Takes objects apart with Jackson 3: it says which members an object has, one object at a time;
 * what is inside them comes back to {@link ValueWriter}. Immutable, safe for any thread.
 */
final class Jackson3Form implements ObjectForms.TreeForm {
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
      writer.writeValue(new Jackson3Generator(object, tokens, mapper), object);
    } catch (JacksonException failure) {
      throw ObjectForms.reason(failure, JacksonException.class);
    }
    tokens.finish();
  }

  /** Puts {@link Jackson3Serializer} before every serializer. */
  private static final class Handover extends ValueSerializerModifier {
    private static final long serialVersionUID = 1;

    @Override
    public ValueSerializer<?> modifySerializer(
        SerializationConfig config, BeanDescription.Supplier bean, ValueSerializer<?> serializer) {
      return new Jackson3Serializer(serializer);
    }

    @Override
    public ValueSerializer<?> modifyArraySerializer(
        SerializationConfig config,
        ArrayType type,
        BeanDescription.Supplier bean,
        ValueSerializer<?> serializer) {
      return new Jackson3Serializer(serializer);
    }

    @Override
    public ValueSerializer<?> modifyCollectionSerializer(
        SerializationConfig config,
        CollectionType type,
        BeanDescription.Supplier bean,
        ValueSerializer<?> serializer) {
      return new Jackson3Serializer(serializer);
    }

    @Override
    public ValueSerializer<?> modifyCollectionLikeSerializer(
        SerializationConfig config,
        CollectionLikeType type,
        BeanDescription.Supplier bean,
        ValueSerializer<?> serializer) {
      return new Jackson3Serializer(serializer);
    }

    @Override
    public ValueSerializer<?> modifyMapSerializer(
        SerializationConfig config,
        MapType type,
        BeanDescription.Supplier bean,
        ValueSerializer<?> serializer) {
      return new Jackson3Serializer(serializer);
    }

    @Override
    public ValueSerializer<?> modifyMapLikeSerializer(
        SerializationConfig config,
        MapLikeType type,
        BeanDescription.Supplier bean,
        ValueSerializer<?> serializer) {
      return new Jackson3Serializer(serializer);
    }

    @Override
    public ValueSerializer<?> modifyEnumSerializer(
        SerializationConfig config,
        JavaType type,
        BeanDescription.Supplier bean,
        ValueSerializer<?> serializer) {
      return new Jackson3Serializer(serializer);
    }
  }
}

package dev.shiplog.record.jackson;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.ser.ResolvableSerializer;
import com.fasterxml.jackson.databind.util.NameTransformer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Lets Jackson's own serializer take apart the object that the generator was made for, and hands
 * whatever is inside it back as it is.
 */
final class Jackson2Serializer extends JsonSerializer<Object>
    implements ContextualSerializer, ResolvableSerializer {
  private final JsonSerializer<Object> own;

  @SuppressWarnings("unchecked") // it is only ever given what Jackson chose it for
  Jackson2Serializer(JsonSerializer<?> own) {
    this.own = (JsonSerializer<Object>) own;
  }

  @Override
  public void serialize(Object value, JsonGenerator to, SerializerProvider provider)
      throws IOException {
    if (((Jackson2Generator) to).startsWith(value)) {
      own.serialize(value, to, provider);
    } else {
      to.writeObject(value);
    }
  }

  @Override
  public void serializeWithType(
      Object value, JsonGenerator to, SerializerProvider provider, TypeSerializer type)
      throws IOException {
    if (((Jackson2Generator) to).startsWith(value)) {
      own.serializeWithType(value, to, provider, type);
    } else {
      to.writeObject(value);
    }
  }

  @Override
  public JsonSerializer<?> createContextual(
      SerializerProvider provider, @Nullable BeanProperty property) throws JsonMappingException {
    JsonSerializer<?> contextual = provider.handleSecondaryContextualization(own, property);
    return contextual == own ? this : new Jackson2Serializer(contextual);
  }

  @Override
  public void resolve(SerializerProvider provider) throws JsonMappingException {
    if (own instanceof ResolvableSerializer resolvable) {
      resolvable.resolve(provider);
    }
  }

  /** An unwrapped object's members are its owner's: there is nothing to hand back. */
  @Override
  public JsonSerializer<Object> unwrappingSerializer(NameTransformer transformer) {
    return own.unwrappingSerializer(transformer);
  }

  @Override
  public boolean isEmpty(SerializerProvider provider, Object value) {
    return own.isEmpty(provider, value);
  }

  @Override
  public boolean usesObjectId() {
    return own.usesObjectId();
  }
}

package dev.shiplog.record.jackson;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.util.NameTransformer;

/**
 * Lets Jackson's own serializer take apart the object that the generator was made for, and hands
 * whatever is inside it back as it is.
 */
final class Jackson3Serializer extends ValueSerializer<Object> {
  private final ValueSerializer<Object> own;

  @SuppressWarnings("unchecked") // it is only ever given what Jackson chose it for
  Jackson3Serializer(ValueSerializer<?> own) {
    this.own = (ValueSerializer<Object>) own;
  }

  @Override
  public void serialize(Object value, JsonGenerator to, SerializationContext context) {
    if (((Jackson3Generator) to).startsWith(value)) {
      own.serialize(value, to, context);
    } else {
      to.writePOJO(value);
    }
  }

  @Override
  public void serializeWithType(
      Object value, JsonGenerator to, SerializationContext context, TypeSerializer type) {
    if (((Jackson3Generator) to).startsWith(value)) {
      own.serializeWithType(value, to, context, type);
    } else {
      to.writePOJO(value);
    }
  }

  @Override
  public ValueSerializer<?> createContextual(
      SerializationContext context, @Nullable BeanProperty property) {
    ValueSerializer<?> contextual = context.handleSecondaryContextualization(own, property);
    return contextual == own ? this : new Jackson3Serializer(contextual);
  }

  @Override
  public void resolve(SerializationContext context) {
    own.resolve(context);
  }

  /** An unwrapped object's members are its owner's: there is nothing to hand back. */
  @Override
  public ValueSerializer<Object> unwrappingSerializer(NameTransformer transformer) {
    return own.unwrappingSerializer(transformer);
  }

  @Override
  public boolean isEmpty(SerializationContext context, Object value) {
    return own.isEmpty(context, value);
  }

  @Override
  public boolean usesObjectId() {
    return own.usesObjectId();
  }
}

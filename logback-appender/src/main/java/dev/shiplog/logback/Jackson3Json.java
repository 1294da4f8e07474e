package dev.shiplog.logback;

import java.io.StringWriter;
import java.util.Map;
import net.logstash.logback.argument.StructuredArgument;
import net.logstash.logback.marker.LogstashMarker;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** For version 9, which is there for Jackson 3. */
final class Jackson3Json implements StructuredJson {
  private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

  /**
   * Looks at what is there, and loads no more of it than that.
   *
   * @throws LinkageError if the library or its Jackson is not there
   * @throws NoSuchMethodException if the library is one for another Jackson
   */
  Jackson3Json() throws NoSuchMethodException {
    StructuredArgument.class.getMethod("writeTo", JsonGenerator.class);
  }

  @Override
  public Map<String, Object> fieldsOf(Object source) {
    StringWriter json = new StringWriter();
    try (JsonGenerator generator = Json.MAPPER.createGenerator(json)) {
      generator.writeStartObject();
      if (source instanceof LogstashMarker marker) {
        marker.writeTo(generator);
      } else {
        ((StructuredArgument) source).writeTo(generator);
      }
      generator.writeEndObject();
    }
    return Json.MAPPER.readValue(json.toString(), FIELDS);
  }

  /** Made for the first event that needs it: a mapper takes longer than an appender's start. */
  private static final class Json {
    // as LogstashEncoder's own, so that values look the same
    static final JsonMapper MAPPER =
        JsonMapper.builder()
            .findAndAddModules()
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
  }
}

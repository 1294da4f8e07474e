package dev.shiplog.logback;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.StringWriter;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import net.logstash.logback.argument.StructuredArgument;
import net.logstash.logback.marker.LogstashMarker;

/**
 * For versions 7 and 8, which are there for Jackson 2.
 *
 * <p>Their classes have the names that those of version 9 have, which this is compiled with: the
 * methods that take the other generator are looked up, once.
 */
final class Jackson2Json implements StructuredJson {
  private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

  private final MethodHandle argument;
  private final MethodHandle marker;

  /**
   * Looks at what is there, and loads no more of it than that.
   *
   * @throws LinkageError if the library or its Jackson is not there
   * @throws ReflectiveOperationException if the library is one for another Jackson
   */
  Jackson2Json() throws ReflectiveOperationException {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    MethodType type = MethodType.methodType(void.class, JsonGenerator.class);
    argument = lookup.findVirtual(StructuredArgument.class, "writeTo", type);
    marker = lookup.findVirtual(LogstashMarker.class, "writeTo", type);
  }

  @Override
  public Map<String, Object> fieldsOf(Object source) throws Exception {
    StringWriter json = new StringWriter();
    try (JsonGenerator generator = Json.MAPPER.createGenerator(json)) {
      generator.writeStartObject();
      write(source, generator);
      generator.writeEndObject();
    }
    return Json.MAPPER.readValue(json.toString(), FIELDS);
  }

  private void write(Object source, JsonGenerator generator) throws Exception {
    try {
      if (source instanceof LogstashMarker fields) {
        marker.invokeExact(fields, generator);
      } else {
        argument.invokeExact((StructuredArgument) source, generator);
      }
    } catch (Exception | Error failure) {
      throw failure;
    } catch (Throwable neither) {
      throw new IllegalStateException(neither);
    }
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

package dev.shiplog.logback.differential;

import static net.logstash.logback.argument.StructuredArguments.array;
import static net.logstash.logback.argument.StructuredArguments.defer;
import static net.logstash.logback.argument.StructuredArguments.entries;
import static net.logstash.logback.argument.StructuredArguments.fields;
import static net.logstash.logback.argument.StructuredArguments.keyValue;
import static net.logstash.logback.argument.StructuredArguments.kv;
import static net.logstash.logback.argument.StructuredArguments.raw;
import static net.logstash.logback.argument.StructuredArguments.value;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shiplog.logback.ShiplogEncoder;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.marker.Markers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.MarkerFactory;

/**
 * What logstash-logback-encoder's StructuredArguments and Markers write is what they write with its
 * own encoder: a call site need not change. The build runs this with each version that people have.
 */
@Tag("logstash-encoder")
class StructuredArgumentsTest {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final LoggerContext context = new LoggerContext();
  private final List<ILoggingEvent> events = new ArrayList<>();

  record Picture(String title, int year, List<String> owners, Instant sold) {}

  private static final Picture PICTURE =
      new Picture("Sunflowers", 1888, List.of("a", "b"), Instant.parse("1987-03-30T19:00:00Z"));

  static Stream<Consumer<Logger>> callSites() {
    return Stream.of(
        log -> log.info("sold {}", kv("price", 39_700_000)),
        log -> log.info("sold {} for {}", value("title", "Irises"), keyValue("price", 53.9)),
        log -> log.info("sold {}", kv("price", new BigDecimal("53.90"), "{0}:{1}")),
        log -> log.info("sold", entries(Map.of("lot", 12, "rooms", List.of("a", 1, true)))),
        log -> log.info("sold {}", array("bids", 1, 2.5, "three", PICTURE)),
        log -> log.info("sold {}", fields(PICTURE)),
        log -> log.info("sold {}", kv("picture", PICTURE)),
        log -> log.info("sold {}", raw("frame", "{\"wood\":\"oak\",\"size\":[1,2.50,null]}")),
        log -> log.info("sold {}", defer(() -> kv("late", 7L))),
        log -> log.info("sold {} to {}", "Irises", "Getty"),
        log -> log.info("sold {}", kv("big", 1.25e19), new Exception("thrown")),
        log -> log.info(Markers.append("price", 1), "sold"),
        log -> log.info(Markers.append("price", 1).and(Markers.append("lot", "x")), "sold"),
        log -> log.info(Markers.appendEntries(Map.of("a", 1, "b", Map.of("c", 2))), "sold"),
        log -> log.info(Markers.appendFields(PICTURE), "sold"),
        log -> log.info(Markers.appendArray("bids", 1, "2"), "sold"),
        log -> log.info(Markers.appendRaw("frame", "[1,{\"a\":true}]"), "sold"),
        log ->
            log.info(
                Markers.aggregate(Markers.append("a", 1), MarkerFactory.getMarker("SOLD")), "m"),
        log -> log.info(Markers.append("a", 1).and(MarkerFactory.getMarker("SOLD")), "m"),
        log -> log.info(Markers.defer(() -> Markers.append("late", 1)), "m"),
        log -> log.info(Markers.empty(), "m"),
        log -> log.info(Markers.append("a", 1), "m {}", kv("b", 2)));
  }

  @BeforeEach
  void keepEvents() {
    context.setMDCAdapter(new LogbackMDCAdapter());
    AppenderBase<ILoggingEvent> keep =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing();
            events.add(event);
          }
        };
    keep.setContext(context);
    keep.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(keep);
  }

  @Test
  @EnabledIfSystemProperty(named = "expected.logstash-encoder.jar", matches = ".+")
  void classPath_hasTheVersionThatThisRunIsAbout() {
    assertThat(LogstashEncoder.class.getProtectionDomain().getCodeSource().getLocation().getPath())
        .endsWith(System.getProperty("expected.logstash-encoder.jar"));
  }

  private Map<String, Object> record(Encoder<ILoggingEvent> encoder) throws IOException {
    ObjectNode record = (ObjectNode) MAPPER.readTree(encoder.encode(events.get(0)));
    record.remove(List.of("@timestamp", "service.name"));
    return JsonValues.of(record);
  }

  private ShiplogEncoder ours(String schema) {
    ShiplogEncoder ours = new ShiplogEncoder();
    ours.setContext(context);
    ours.put("schema", schema);
    ours.put("metadata.level", "none");
    ours.start();
    return ours;
  }

  @ParameterizedTest
  @MethodSource("callSites")
  void callSite_writesWhatItWritesWithLogstashEncoder(Consumer<Logger> callSite)
      throws IOException {
    LogstashEncoder reference = new LogstashEncoder();
    reference.setContext(context);
    reference.start();
    callSite.accept(context.getLogger("gallery"));

    assertThat(record(ours("logstash"))).isEqualTo(record(reference));
  }

  @Test
  void structuredArgument_isAFieldOfEverySchema() throws IOException {
    context
        .getLogger("gallery")
        .info(Markers.append("lot", 12), "sold {}", kv("price", 1), kv("picture", PICTURE));

    assertThat(record(ours("ecs")))
        .containsKeys("lot", "price", "picture")
        .doesNotContainKey("tags");
    assertThat(record(ours("gcp")))
        .containsKeys("lot", "price", "picture")
        .doesNotContainKey("tags");
    assertThat(record(ours("gelf"))).containsKeys("_lot", "_price", "_picture");
    assertThat(record(ours("otlp")).toString()).contains("{key=lot, value={intValue=12}}");
  }

  @Test
  void structuredArgument_isMaskedAndRenamedAsKeyValuesAre() throws IOException {
    context.getLogger("gallery").info("sold {}", kv("password", "secret"), kv("message", "mine"));

    assertThat(record(ours("ecs")))
        .containsEntry("password", "****")
        .containsEntry("kv.message", "mine")
        .containsKey("message");
  }

  @Test
  void structuredArgumentThatFails_isToldInItsPlace() throws IOException {
    Object fails = new Mute();
    context.getLogger("gallery").info("sold {}", kv("a", fails), raw("b", "{not json"), kv("c", 3));

    assertThat(record(ours("ecs")))
        .containsEntry("c", BigDecimal.valueOf(3))
        .containsKeys("a", "b");
  }

  /** A bean that fails when it is asked. */
  public static final class Mute {
    private final List<String> names = new ArrayList<>();

    public String getName() {
      return names.get(0);
    }

    @Override
    public String toString() {
      return "mute";
    }
  }
}

package dev.shiplog.logback.differential;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.shiplog.logback.ShiplogEncoder;
import dev.shiplog.logback.differential.UserFields.Field;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * {@code otlp} as protobuf's own JSON mapping reads it, unknown fields forbidden: each record says
 * what its event said. One thing is OTLP's own: ids are hexadecimal, where protobuf has base64.
 */
class OtlpDifferentialTest {
  private static final long SEED = 20_260_322;
  private static final int EVENTS = 1_500;
  private static final Set<String> RESERVED = Set.of("thread.name");
  private static final Pattern IDS = Pattern.compile("\"(traceId|spanId)\":\"([0-9a-f]+)\"");
  private static final Map<String, Integer> SEVERITIES =
      Map.of("TRACE", 1, "DEBUG", 5, "INFO", 9, "WARN", 13, "ERROR", 17);

  @Test
  void otlp_saysToProtobufWhatTheEventSaid() throws InvalidProtocolBufferException {
    EventGenerator generator = new EventGenerator(SEED);
    ShiplogEncoder ours = encoder(generator);
    for (int i = 0; i < EVENTS; i++) {
      ILoggingEvent event = generator.next();
      String line = new String(ours.encode(event), StandardCharsets.UTF_8);
      String label = "seed " + SEED + ", event " + i + ": " + line;
      assertThat(line.indexOf('\n')).as(label).isEqualTo(line.length() - 1);
      ExportLogsServiceRequest.Builder request = ExportLogsServiceRequest.newBuilder();
      JsonFormat.parser().merge(withBase64(line), request);

      assertThat(request.getResourceLogsCount()).isOne();
      ResourceLogs logs = request.getResourceLogs(0);
      assertThat(attributes(logs.getResource().getAttributesList()))
          .as(label)
          .isEqualTo(
              Map.of(
                  "service.name", "gallery",
                  "service.instance.id", "gallery-1",
                  "process.pid", ProcessHandle.current().pid(),
                  "telemetry.distro.name", "shiplog",
                  "team", "art"));
      assertThat(logs.getScopeLogsCount()).isOne();
      ScopeLogs scope = logs.getScopeLogs(0);
      assertThat(scope.getScope().getName()).as(label).isEqualTo(event.getLoggerName());
      assertThat(scope.getLogRecordsCount()).isOne();
      compare(label, event, scope.getLogRecords(0));
    }
  }

  private static ShiplogEncoder encoder(EventGenerator generator) {
    ShiplogEncoder ours = new ShiplogEncoder();
    ours.setContext(generator.context());
    ours.put("schema", "otlp");
    ours.put("service.name", "gallery");
    ours.put("service.instance", "gallery-1");
    ours.put("field", "team=art");
    ours.put("metadata.level", "none");
    ours.put("maxEventBytes", "256KB");
    ours.setCallerData("true");
    ours.start();
    return ours;
  }

  private static void compare(String label, ILoggingEvent event, LogRecord record) {
    Instant time = event.getInstant();
    long nanos = time.getEpochSecond() * 1_000_000_000L + time.getNano();
    assertThat(record.getTimeUnixNano()).as(label).isEqualTo(nanos);
    assertThat(record.getObservedTimeUnixNano()).as(label).isEqualTo(nanos);
    assertThat(record.getSeverityText()).as(label).isEqualTo(event.getLevel().levelStr);
    assertThat(record.getSeverityNumberValue())
        .as(label)
        .isEqualTo(SEVERITIES.get(event.getLevel().levelStr));
    String message = event.getFormattedMessage();
    assertThat(record.hasBody()).as(label).isEqualTo(message != null);
    if (message != null) {
      assertThat(record.getBody().getStringValue())
          .as(label)
          .isEqualTo(TypedJson.wellFormed(message));
    }
    assertThat(HexFormat.of().formatHex(record.getTraceId().toByteArray()))
        .as(label)
        .isEqualTo(id(event, "trace_id", 32));
    assertThat(HexFormat.of().formatHex(record.getSpanId().toByteArray()))
        .as(label)
        .isEqualTo(id(event, "span_id", 16));
    assertThat(attributes(record.getAttributesList())).as(label).isEqualTo(expected(event));
  }

  private static String id(ILoggingEvent event, String key, int digits) {
    String id = event.getMDCPropertyMap().getOrDefault(key, "");
    return id != null && id.matches("[0-9a-f]{" + digits + "}") ? id : "";
  }

  private static Map<String, Object> expected(ILoggingEvent event) {
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("thread.name", TypedJson.wellFormed(event.getThreadName()));
    for (Field field :
        UserFields.besideTrace(event, RESERVED::contains, UnaryOperator.identity())) {
      if (field.name() != null) {
        expected.put(field.name(), field.masked() ? "****" : AnyValues.of(field.value()));
      }
    }
    if (event.getMarkerList() != null) {
      TreeSet<String> names = new TreeSet<>();
      Rules.add(event.getMarkerList().iterator(), names);
      expected.put("log.markers", List.copyOf(names));
    }
    StackTraceElement caller = event.getCallerData()[0];
    if (caller.getFileName() != null) {
      expected.put("code.file.path", caller.getFileName());
    }
    if (caller.getLineNumber() >= 0) {
      expected.put("code.line.number", (long) caller.getLineNumber());
    }
    expected.put("code.function.name", caller.getClassName() + "." + caller.getMethodName());
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      expected.put("exception.type", thrown.getClassName());
      if (thrown.getMessage() != null) {
        expected.put("exception.message", thrown.getMessage());
      }
      expected.put("exception.stacktrace", GelfRules.traceOf(ThrowableProxyUtil.asString(thrown)));
    }
    return expected;
  }

  private static Map<String, Object> attributes(List<KeyValue> attributes) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (KeyValue attribute : attributes) {
      assertThat(values.put(attribute.getKey(), value(attribute.getValue()))).isNull();
    }
    return values;
  }

  private static Object value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> value.getBoolValue();
      case INT_VALUE -> value.getIntValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      case ARRAY_VALUE -> {
        List<Object> list = new ArrayList<>();
        value.getArrayValue().getValuesList().forEach(element -> list.add(value(element)));
        yield list;
      }
      case KVLIST_VALUE -> attributes(value.getKvlistValue().getValuesList());
      case VALUE_NOT_SET -> "(null)";
      default -> throw new AssertionError("unexpected " + value.getValueCase());
    };
  }

  private static String withBase64(String line) {
    Matcher ids = IDS.matcher(line);
    return ids.replaceAll(
        id ->
            "\""
                + id.group(1)
                + "\":\""
                + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(id.group(2)))
                + "\"");
  }
}

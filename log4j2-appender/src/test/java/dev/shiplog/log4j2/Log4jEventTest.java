package dev.shiplog.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.event.Severity;
import dev.shiplog.event.Thrown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.Marker;
import org.apache.logging.log4j.MarkerManager;
import org.apache.logging.log4j.core.impl.ContextDataFactory;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.impl.MutableLogEvent;
import org.apache.logging.log4j.core.impl.ThrowableProxy;
import org.apache.logging.log4j.core.time.MutableInstant;
import org.apache.logging.log4j.message.MapMessage;
import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.message.ObjectMessage;
import org.apache.logging.log4j.message.ParameterizedMessage;
import org.apache.logging.log4j.message.ReusableMessageFactory;
import org.apache.logging.log4j.message.SimpleMessage;
import org.apache.logging.log4j.message.StringMapMessage;
import org.apache.logging.log4j.message.StructuredDataMessage;
import org.apache.logging.log4j.spi.MutableThreadContextStack;
import org.apache.logging.log4j.util.StringMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Log4jEventTest {
  private final Log4jEvent view = new Log4jEvent();

  @Test
  void view_showsWhatWasLogged() {
    MutableInstant instant = new MutableInstant();
    instant.initFromEpochSecond(1_700_000_000L, 123_456_789);
    show(
        Log4jLogEvent.newBuilder()
            .setLevel(Level.WARN)
            .setLoggerName("com.acme.Shop")
            .setThreadName("main")
            .setInstant(instant)
            .setMessage(new ParameterizedMessage("sold {} of {}", 1, "two")));

    assertThat(view.epochSecond()).isEqualTo(1_700_000_000L);
    assertThat(view.nanoOfSecond()).isEqualTo(123_456_789);
    assertThat(view.severity()).isEqualTo(Severity.WARN);
    assertThat(view.logger()).isEqualTo("com.acme.Shop");
    assertThat(view.thread()).isEqualTo("main");
    assertThat(view.message()).isEqualTo("sold 1 of two");
    assertThat(view.thrown()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "0,ERROR",
    "100,ERROR",
    "200,ERROR",
    "250,WARN",
    "300,WARN",
    "350,INFO",
    "400,INFO",
    "450,DEBUG",
    "500,DEBUG",
    "550,TRACE",
    "600,TRACE",
    "2147483647,TRACE"
  })
  void severity_isThatOfTheLevelOrTheNextBelow(int level, Severity severity) {
    assertThat(Log4jSeverity.of(Level.forName("TEST" + level, level))).isEqualTo(severity);
  }

  @Test
  void message_isTakenFromABufferWhereTheMessageIsReused() {
    Message message = ReusableMessageFactory.INSTANCE.newMessage("{} and {}", "one", 2);
    MutableLogEvent event = new MutableLogEvent();
    event.setMessage(message);
    view.show(event);

    assertThat(view.messageText()).isInstanceOf(StringBuilder.class).hasToString("one and 2");
    assertThat(view.messageText()).isSameAs(view.messageText());
    view.clear();
    view.show(message("another"));
    assertThat(view.message()).isEqualTo("another");
    ReusableMessageFactory.release(message);
  }

  @Test
  void nullMessage_isNoMessage() {
    view.show(message(new SimpleMessage((String) null)));
    assertThat(view.message()).isNull();
    view.clear();
    view.show(message(ReusableMessageFactory.INSTANCE.newMessage((String) null)));
    assertThat(view.message()).isNull();
    view.clear();
    view.show(message(new SimpleMessage("")));
    assertThat(view.message()).isEmpty();
    view.clear();
    view.show(message(new ParameterizedMessage(null, 1)));
    assertThat(view.message()).isNull();
  }

  @Test
  void mapMessage_isFieldsWithTheirTypesAndItsText() {
    MapMessage<?, Object> map =
        new MapMessage<>(Map.of("message", "sold", "amount", 3, "paid", true));
    view.show(message(map));

    assertThat(view.message()).isEqualTo("sold");
    assertThat(keyValues()).isEqualTo(Map.of("amount", 3, "paid", true));
  }

  @Test
  void mapMessageWithoutText_hasNone() {
    view.show(message(new StringMapMessage().with("room", "7")));

    assertThat(view.message()).isNull();
    assertThat(keyValues()).isEqualTo(Map.of("room", "7"));
  }

  @Test
  void structuredDataMessage_isFieldsAndItsText() {
    view.show(message(new StructuredDataMessage("id", "sold it", "sale").with("room", "7")));

    assertThat(view.message()).isEqualTo("sold it");
    assertThat(keyValues()).isEqualTo(Map.of("room", "7"));
  }

  @Test
  void objectMessage_isAValueBesideItsText() {
    List<Integer> object = List.of(1, 2);
    view.show(message(new ObjectMessage(object)));
    assertThat(view.message()).isEqualTo("[1, 2]");
    assertThat(keyValues()).isEqualTo(Map.of("object", object));

    view.clear();
    view.show(message(new ObjectMessage(Map.of("message", "text", "amount", 3))));
    assertThat(view.message()).isEqualTo("text");
    assertThat(keyValues()).isEqualTo(Map.of("amount", 3));

    view.clear();
    view.show(message(ReusableMessageFactory.INSTANCE.newMessage((Object) 42)));
    assertThat(view.message()).isEqualTo("42");
    assertThat(keyValues()).isEmpty();
  }

  @Test
  void objectOfAReusedEvent_isAValueBesideItsText() {
    List<Integer> object = List.of(1, 2);
    Message message = ReusableMessageFactory.INSTANCE.newMessage((Object) object);
    MutableLogEvent event = new MutableLogEvent();
    event.setMessage(message);
    ReusableMessageFactory.release(message);

    view.show(event);
    assertThat(view.message()).isEqualTo("[1, 2]");
    assertThat(keyValues()).isEqualTo(Map.of("object", object));

    view.clear();
    view.show(event.toImmutable());
    assertThat(view.message()).isEqualTo("[1, 2]");
    assertThat(keyValues()).isEqualTo(Map.of("object", object));
  }

  @Test
  void context_isTheMapWithItsTypesAndTheStack() {
    StringMap map = ContextDataFactory.createContextData();
    map.putValue("visitor", "v1");
    map.putValue("floor", 2);
    map.putValue("ndc", "taken");
    MutableThreadContextStack stack = new MutableThreadContextStack(List.of("outer", "inner"));
    show(Log4jLogEvent.newBuilder().setContextData(map).setContextStack(stack));

    Map<@Nullable String, @Nullable Object> context = new LinkedHashMap<>();
    view.context(context::put);
    assertThat(context)
        .isEqualTo(
            Map.of("visitor", "v1", "floor", 2, "ndc", "taken", "ndc_", List.of("outer", "inner")));
  }

  @Test
  void markers_areVisitedWithTheirParentsOnceEach() {
    Marker top = MarkerManager.getMarker("Log4jEventTest.top");
    Marker middle = MarkerManager.getMarker("Log4jEventTest.middle").setParents(top);
    Marker other = MarkerManager.getMarker("Log4jEventTest.other").setParents(top);
    Marker marker = MarkerManager.getMarker("Log4jEventTest.it").setParents(middle, other);
    show(Log4jLogEvent.newBuilder().setMarker(marker));

    List<String> names = new ArrayList<>();
    view.markers(names::add);
    assertThat(names)
        .containsExactly(
            "Log4jEventTest.it",
            "Log4jEventTest.middle",
            "Log4jEventTest.top",
            "Log4jEventTest.other");
  }

  @Test
  void thrown_hasCausesCommonFramesAndCircles() {
    StackTraceElement shared = new StackTraceElement("a.B", "c", "B.java", 1);
    Exception outer = new Exception("outer");
    outer.setStackTrace(
        new StackTraceElement[] {new StackTraceElement("a.B", "d", "B.java", 2), shared});
    Exception inner = new IllegalStateException("inner");
    inner.setStackTrace(
        new StackTraceElement[] {new StackTraceElement("a.B", "e", "B.java", 3), shared});
    outer.initCause(inner);
    inner.initCause(outer);
    inner.addSuppressed(new RuntimeException());
    show(Log4jLogEvent.newBuilder().setThrown(outer));

    Thrown thrown = Objects.requireNonNull(view.thrown());
    assertThat(thrown.className()).isEqualTo("java.lang.Exception");
    assertThat(thrown.commonFrames()).isZero();
    Thrown cause = Objects.requireNonNull(thrown.cause());
    assertThat(cause.message()).isEqualTo("inner");
    assertThat(cause.frameCount()).isEqualTo(2);
    assertThat(cause.commonFrames()).isEqualTo(1);
    assertThat(cause.suppressedCount()).isEqualTo(1);
    assertThat(cause.suppressed(0).message()).isNull();
    assertThat(cause.circular()).isFalse();
    assertThat(Objects.requireNonNull(cause.cause()).circular()).isTrue();
  }

  @Test
  void thrownOfAnotherProcess_isWhatLog4jDescribesOfIt() {
    Exception thrown = new Exception("outer", new IllegalStateException("inner"));
    thrown.addSuppressed(new RuntimeException("beside"));
    view.show(
        new MutableLogEvent() {
          @Override
          public ThrowableProxy getThrownProxy() {
            return new ThrowableProxy(thrown);
          }
        });

    Thrown described = Objects.requireNonNull(view.thrown());
    assertThat(described.className()).isEqualTo("java.lang.Exception");
    assertThat(described.message()).isEqualTo("outer");
    assertThat(described.frame(0)).isEqualTo(thrown.getStackTrace()[0]);
    assertThat(Objects.requireNonNull(described.cause()).message()).isEqualTo("inner");
    assertThat(described.suppressed(0).message()).isEqualTo("beside");
  }

  @Test
  void caller_isTheSource() {
    StackTraceElement source = new StackTraceElement("a.B", "c", "B.java", 1);
    show(Log4jLogEvent.newBuilder().setSource(source));

    assertThat(view.caller()).isEqualTo(source);
  }

  private void show(Log4jLogEvent.Builder builder) {
    view.show(builder.build());
  }

  private static Log4jLogEvent message(String text) {
    return message(new SimpleMessage(text));
  }

  private static Log4jLogEvent message(Message message) {
    return Log4jLogEvent.newBuilder().setMessage(message).build();
  }

  private Map<@Nullable String, @Nullable Object> keyValues() {
    Map<@Nullable String, @Nullable Object> fields = new LinkedHashMap<>();
    view.keyValues(fields::put);
    return fields;
  }
}

package dev.shiplog.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import dev.shiplog.event.Severity;
import dev.shiplog.event.Thrown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.helpers.BasicMarkerFactory;

class LogbackEventTest {
  private final LoggerContext context = new LoggerContext();
  private final LoggingEvent event = new LoggingEvent();
  private final LogbackEvent view =
      new LogbackEvent((LoggerContext) LoggerFactory.getILoggerFactory());

  LogbackEventTest() {
    event.setLevel(Level.WARN);
    event.setLoggerName("com.acme.Shop");
    event.setThreadName("main");
    event.setMessage("sold {} of {}");
    event.setArgumentArray(new Object[] {1, "two"});
    event.setInstant(Instant.ofEpochSecond(1_700_000_000L, 123_456_789));
    event.setLoggerContextRemoteView(new LoggerContextVO(context));
  }

  @Test
  void view_showsWhatWasLogged() {
    view.show(event);

    assertThat(view.epochSecond()).isEqualTo(1_700_000_000L);
    assertThat(view.nanoOfSecond()).isEqualTo(123_456_789);
    assertThat(view.severity()).isEqualTo(Severity.WARN);
    assertThat(view.logger()).isEqualTo("com.acme.Shop");
    assertThat(view.thread()).isEqualTo("main");
    assertThat(view.message()).isEqualTo("sold 1 of two");
    assertThat(view.thrown()).isNull();
  }

  @Test
  void contextIdentity_lastsAsLongAsTheMdc() {
    try {
      MDC.put("user", "vincent");
      Object first = identity(logged());
      assertThat(first).isNotNull();
      assertThat(identity(logged())).isSameAs(first);
      MDC.put("user", "theo");
      Object second = identity(logged());
      assertThat(second).isNotNull().isNotSameAs(first);
      LoggingEvent late = logged();
      Map<String, String> unused = late.getMDCPropertyMap();
      MDC.remove("user");
      assertThat(identity(late)).as("the thread's MDC is another by now").isNull();
    } finally {
      MDC.clear();
    }
  }

  @Test
  void contextIdentity_isNoneOfAMapThatSomebodyHasSet() {
    Map<String, String> live = new HashMap<>();
    LoggingEvent set = logged();
    set.setMDCPropertyMap(Collections.unmodifiableMap(live));
    assertThat(identity(set)).isNull();
    assertThat(identity(new LoggingEvent() {})).isNull();
  }

  private static LoggingEvent logged() {
    Logger logger = (Logger) LoggerFactory.getLogger(LogbackEventTest.class);
    return new LoggingEvent("here", logger, Level.INFO, "painted", null, null);
  }

  private @Nullable Object identity(LoggingEvent shown) {
    Object identity = view.show(shown).contextIdentity();
    view.clear();
    return identity;
  }

  @Test
  void view_showsMillisecondsWhereThereIsNoInstant() {
    view.show(
        new LoggingEvent() {
          @Override
          public @Nullable Instant getInstant() {
            return null;
          }

          @Override
          public long getTimeStamp() {
            return 1_500L;
          }
        });

    assertThat(view.epochSecond()).isEqualTo(1);
    assertThat(view.nanoOfSecond()).isEqualTo(500_000_000);
  }

  @ParameterizedTest
  @CsvSource({
    "TRACE,TRACE",
    "DEBUG,DEBUG",
    "INFO,INFO",
    "WARN,WARN",
    "ERROR,ERROR",
    "ALL,TRACE",
    "OFF,ERROR"
  })
  void severity_isThatOfTheLevel(String level, Severity severity) {
    assertThat(LogbackSeverity.of(Level.toLevel(level))).isEqualTo(severity);
  }

  @Test
  void keyValues_areVisitedInOrderHostileOnesIncluded() {
    List<KeyValuePair> pairs =
        new ArrayList<>(
            Arrays.asList(
                new KeyValuePair("b", 1), new KeyValuePair("b", null), new KeyValuePair(null, 2)));
    event.setKeyValuePairs(pairs);
    pairs.add(null);
    List<String> seen = new ArrayList<>();

    view.show(event).keyValues((name, value) -> seen.add(name + "=" + value));

    assertThat(seen).containsExactly("b=1", "b=null", "null=2");
  }

  @Test
  void context_isTheMdcAndPropertiesAreThoseOfTheLoggerContext() {
    event.setMDCPropertyMap(Map.of("user", "u1"));
    context.putProperty("region", "north");
    event.setLoggerContextRemoteView(new LoggerContextVO(context));
    List<String> seen = new ArrayList<>();

    view.show(event).context((name, value) -> seen.add("mdc " + name + "=" + value));
    view.properties((name, value) -> seen.add("property " + name + "=" + value));

    assertThat(seen).contains("mdc user=u1", "property region=north");
  }

  @Test
  @SuppressWarnings("deprecation")
  void markers_areVisitedWithReferencesAndThroughCycles() {
    BasicMarkerFactory factory = new BasicMarkerFactory();
    Marker a = factory.getMarker("A");
    Marker b = factory.getMarker("B");
    Marker c = factory.getMarker("C");
    a.add(b);
    b.add(c);
    // what BasicMarker forbids when it sees it
    c.add(factory.getDetachedMarker("D"));
    c.iterator().next().add(a);
    event.addMarker(a);
    event.addMarker(c);
    List<String> seen = new ArrayList<>();

    view.show(event).markers(seen::add);

    assertThat(seen).containsExactly("A", "B", "C", "D");
  }

  @Test
  void view_isEmptyHandedForAnEventThatIs() {
    LoggingEvent nothing =
        new LoggingEvent() {
          @Override
          public @Nullable Map<String, String> getMDCPropertyMap() {
            return null;
          }

          @Override
          public StackTraceElement @Nullable [] getCallerData() {
            return null;
          }

          @Override
          public @Nullable Level getLevel() {
            return null;
          }
        };
    view.show(nothing);

    assertThat(view.message()).isNull();
    assertThat(view.logger()).isEmpty();
    assertThat(view.caller()).isNull();
    assertThat(view.severity()).isEqualTo(Severity.INFO);
    view.context((name, value) -> assertThat(name).isNull());
    view.properties((name, value) -> assertThat(name).isNull());
    view.keyValues((name, value) -> assertThat(name).isNull());
    view.markers(name -> assertThat(name).isNull());
  }

  @Test
  void thrown_hasCausesSuppressedAndCommonFrames() {
    IllegalStateException cause = new IllegalStateException("inner");
    RuntimeException outer = new RuntimeException("outer", cause);
    outer.addSuppressed(new IllegalArgumentException("beside"));
    cause.addSuppressed(outer);
    event.setThrowableProxy(new ThrowableProxy(outer));

    Thrown thrown = Objects.requireNonNull(view.show(event).thrown());

    assertThat(thrown).isSameAs(view.thrown());
    assertThat(thrown.className()).isEqualTo("java.lang.RuntimeException");
    assertThat(thrown.message()).isEqualTo("outer");
    assertThat(thrown.frameCount()).isEqualTo(outer.getStackTrace().length);
    assertThat(thrown.frame(0)).isEqualTo(outer.getStackTrace()[0]);
    assertThat(thrown.suppressed(0).className()).isEqualTo("java.lang.IllegalArgumentException");
    Thrown inner = Objects.requireNonNull(thrown.cause());
    assertThat(inner.commonFrames()).isPositive().isLessThan(inner.frameCount());
    assertThat(inner.suppressed(0).circular()).isTrue();
    assertThat(thrown.circular()).isFalse();
  }

  @Test
  void thrown_survivesAHostileProxy() {
    LogbackThrown thrown = LogbackThrown.of(new Hostile());

    assertThat(thrown.className()).isEqualTo("unknown");
    assertThat(thrown.message()).isNull();
    assertThat(thrown.frameCount()).isEqualTo(1);
    assertThat(thrown.frame(0).getClassName()).isEqualTo("unknown");
    assertThat(thrown.commonFrames()).isEqualTo(1);
    assertThat(thrown.suppressedCount()).isZero();
    assertThat(thrown.circular()).isFalse();
    assertThat(Objects.requireNonNull(thrown.cause()).circular()).isTrue();
  }

  /** What no Logback would make, but a test double or a serialised event may. */
  private static final class Hostile implements IThrowableProxy {
    @Override
    public @Nullable String getMessage() {
      return null;
    }

    @Override
    public @Nullable String getClassName() {
      return null;
    }

    @Override
    public StackTraceElementProxy[] getStackTraceElementProxyArray() {
      return new StackTraceElementProxy[1];
    }

    @Override
    public int getCommonFrames() {
      return 99;
    }

    @Override
    public IThrowableProxy getCause() {
      return this;
    }

    @Override
    public IThrowableProxy @Nullable [] getSuppressed() {
      return null;
    }

    @Override
    public boolean isCyclic() {
      return false;
    }
  }
}

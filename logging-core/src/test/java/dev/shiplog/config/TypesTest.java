package dev.shiplog.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypesTest {
  @ParameterizedTest
  @CsvSource({"16KB,16384", "1MB,1048576", "1gb,1073741824", "5,5", "5B,5", "2kB,2048"})
  void size_isReadInPowersOf1024(String text, long bytes) {
    assertThat(Types.size("0B", "100GB").parser().parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"500ms,PT0.5S", "5s,PT5S", "1m,PT1M", "2h,PT2H", "7d,P7D", "PT1.5S,PT1.5S"})
  void duration_isReadWithUnitOrAsIso(String text, Duration expected) {
    assertThat(Types.duration("0s", "30d").parser().parse(text)).isEqualTo(expected);
  }

  @Test
  void duration_isRefusedWhereItOverflowsOrIsNegative() {
    Type<Duration> type = Types.duration("0s", "30d");

    assertThat(type.parser().parse("-5s")).isNull();
    assertThat(type.parser().parse("PT-5S")).isNull();
    assertThat(type.parser().parse("999999999999d")).isNull();
    assertThat(type.parser().parse("P99999999999999999999D")).isNull();
  }

  @Test
  void endpoint_isReadInEveryForm() {
    assertThat(Endpoint.parse("fluentd:24224")).isEqualTo(new Endpoint.Tcp("fluentd", 24224));
    assertThat(Endpoint.parse("[fe80::1%eth0]:1")).isEqualTo(new Endpoint.Tcp("fe80::1%eth0", 1));
    assertThat(Endpoint.parse("unix:///run/f.sock")).isEqualTo(new Endpoint.Unix("/run/f.sock"));
    assertThat(new Endpoint.Tcp("::1", 9)).hasToString("[::1]:9");
  }

  @ParameterizedTest
  @CsvSource({
    "a=b,java.lang.String,b",
    "a=1,java.lang.String,1",
    "a=1:long,java.lang.Long,1",
    "a=1.5:double,java.lang.Double,1.5",
    "a=true:boolean,java.lang.Boolean,true",
    "a=x:long:string,java.lang.String,x:long",
    "a=http://h:80,java.lang.String,http://h:80",
    "a=,java.lang.String,''",
  })
  void field_isReadWithItsType(String text, Class<?> type, String value) {
    StaticField field = Objects.requireNonNull(StaticField.TYPE.parser().parse(text));

    assertThat(field.name()).isEqualTo("a");
    assertThat(field.value()).isInstanceOf(type).hasToString(value);
  }

  @Test
  void overflow_isReadInEveryForm() {
    Overflow waiting = new Overflow(Overflow.Policy.BLOCK, Duration.ofSeconds(2), null);
    Overflow below = new Overflow(Overflow.Policy.DROP_BELOW, null, Choice.Threshold.WARN);

    assertThat(Overflow.OF_FLUENTD.parser().parse("block:2s")).isEqualTo(waiting);
    assertThat(Overflow.OF_STDOUT.parser().parse("drop-below:WARN")).isEqualTo(below);
    assertThat(Overflow.OF_STDOUT.parser().parse("block")).isNotNull();
    assertThat(Overflow.OF_STDOUT.parser().parse("block:2s")).isNull();
    assertThat(Overflow.OF_STDOUT.parser().parse("stdout")).isNull();
  }

  @Test
  void tagRule_isReadForLoggersAndMarkers() {
    assertThat(TagRule.TYPE.parser().parse("com.acme = a.{logger}"))
        .isEqualTo(new TagRule(false, "com.acme", "a.{logger}"));
    assertThat(TagRule.TYPE.parser().parse("marker:AUDIT=audit.{mdc:tenant}"))
        .isEqualTo(new TagRule(true, "AUDIT", "audit.{mdc:tenant}"));
  }

  @Test
  void distance_countsSwapsAsOne() {
    assertThat(NearestKey.distance("endpoint", "endpiont")).isEqualTo(1);
    assertThat(NearestKey.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(NearestKey.distance("", "abc")).isEqualTo(3);
  }
}

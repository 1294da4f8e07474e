package dev.shiplog.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.log4j2.Configured.Form;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.ReceivedEvent;
import java.util.Map;
import org.apache.logging.log4j.ThreadContext;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One appender, written in each of the forms that Log4j reads. */
@Timeout(60)
class ConfigurationFormsTest {
  private static final Map<Form, String> FILES =
      Map.of(
          Form.XML,
          """
          <Configuration>
            <Properties><Property name="service">gallery</Property></Properties>
            <Appenders>
              <ShiplogFluentd name="NAME" endpoint="ENDPOINT" tag="gallery.{logger}">
                <ThresholdFilter level="INFO"/>
                <Service name="${service}" environment="prod"/>
                <Chunk maxAge="5ms"/>
                <Property name="field" value="team=art"/>
                <Property name="field">floor=2:long</Property>
                <exclude>process.pid</exclude>
                <Rename value="log.logger=logger"/>
                <Mdc exclude="secret.*"/><Mdc exclude="internal"/>
              </ShiplogFluentd>
            </Appenders>
            <Loggers><Root level="TRACE"><AppenderRef ref="NAME"/></Root></Loggers>
          </Configuration>
          """,
          Form.JSON,
          """
          {"Configuration": {
            "Properties": {"Property": {"name": "service", "value": "gallery"}},
            "Appenders": {
              "ShiplogFluentd": {
                "name": "NAME", "endpoint": "ENDPOINT", "tag": "gallery.{logger}",
                "ThresholdFilter": {"level": "INFO"},
                "Service": {"name": "${service}", "environment": "prod"},
                "Chunk": {"maxAge": "5ms"},
                "Property": [
                  {"name": "field", "value": "team=art"},
                  {"name": "field", "value": "floor=2:long"}
                ],
                "exclude": "process.pid",
                "rename": "log.logger=logger",
                "Mdc": [{"exclude": "secret.*"}, {"exclude": "internal"}]
              }
            },
            "Loggers": {"Root": {"level": "TRACE", "AppenderRef": {"ref": "NAME"}}}
          }}
          """,
          Form.YAML,
          """
          Configuration:
            Properties:
              Property:
                name: service
                value: gallery
            Appenders:
              ShiplogFluentd:
                name: NAME
                endpoint: ENDPOINT
                tag: gallery.{logger}
                ThresholdFilter:
                  level: INFO
                Service:
                  name: ${service}
                  environment: prod
                Chunk:
                  maxAge: 5ms
                Property:
                  - name: field
                    value: team=art
                  - name: field
                    value: floor=2:long
                exclude: process.pid
                rename: log.logger=logger
                Mdc:
                  - exclude: secret.*
                  - exclude: internal
            Loggers:
              Root:
                level: TRACE
                AppenderRef:
                  ref: NAME
          """,
          Form.PROPERTIES,
          """
          property.service = gallery
          appender.f.type = ShiplogFluentd
          appender.f.name = NAME
          appender.f.endpoint = ENDPOINT
          appender.f.tag = gallery.{logger}
          appender.f.filter.t.type = ThresholdFilter
          appender.f.filter.t.level = INFO
          appender.f.service.type = Service
          appender.f.service.name = ${service}
          appender.f.service.environment = prod
          appender.f.chunk.type = Chunk
          appender.f.chunk.maxAge = 5ms
          appender.f.field1.type = Property
          appender.f.field1.name = field
          appender.f.field1.value = team=art
          appender.f.field2.type = Property
          appender.f.field2.name = field
          appender.f.field2.value = floor=2:long
          appender.f.exclude = process.pid
          appender.f.rename = log.logger=logger
          appender.f.mdc1.type = Mdc
          appender.f.mdc1.exclude = secret.*
          appender.f.mdc2.type = Mdc
          appender.f.mdc2.exclude = internal
          rootLogger.level = TRACE
          rootLogger.appenderRef.f.ref = NAME
          """);

  @ParameterizedTest
  @EnumSource
  void everyForm_saysTheSame(Form form) {
    try (ForwardEndpoint endpoint = ForwardEndpoint.start();
        Configured configured =
            Configured.with(
                form, FILES.getOrDefault(form, "").replace("ENDPOINT", endpoint.address()))) {
      assertThat(configured.told()).isEmpty();
      Map<String, String> context = Map.of("secret.x", "1", "internal", "2", "visitor", "3");
      configured.logger("com.acme.Shop").debug("filtered");
      ThreadContext.putAll(context);
      try {
        configured.logger("com.acme.Shop").info("sold {}", "it");
      } finally {
        ThreadContext.clearMap();
      }

      ReceivedEvent event = endpoint.await(1).get(0);
      assertThat(event.tag()).isEqualTo("gallery.com.acme.Shop");
      assertThat(event.fields())
          .containsEntry("message", "sold it")
          .containsEntry("service.name", "gallery")
          .containsEntry("service.environment", "prod")
          .containsEntry("team", "art")
          .containsEntry("floor", 2L)
          .containsEntry("logger", "com.acme.Shop")
          .containsEntry("visitor", "3")
          .doesNotContainKeys("process.pid", "log.logger", "secret.x", "internal");
    }
  }

  @ParameterizedTest
  @EnumSource
  void misspeltGroup_isToldAndClosesWhereItIsASecurityGroup(Form form) {
    String service = form == Form.PROPERTIES ? "= Service" : "Service";
    String typo = form == Form.PROPERTIES ? "= Tsl" : "Tsl";
    String file =
        FILES.getOrDefault(form, "").replace(service, typo).replace("ENDPOINT", "127.0.0.1:1");
    try (Configured configured = Configured.with(form, file)) {
      assertThat(configured.problems())
          .anySatisfy(
              problem ->
                  assertThat(problem)
                      .startsWith("tsl")
                      .contains("is no key")
                      .endsWith("nothing is sent until this is put right"));
    }
  }
}

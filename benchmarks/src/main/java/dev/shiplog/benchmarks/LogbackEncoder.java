package dev.shiplog.benchmarks;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import co.elastic.logging.logback.EcsEncoder;
import dev.shiplog.logback.ShiplogEncoder;
import java.util.Map;
import net.logstash.logback.encoder.LogstashEncoder;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The encoders for Logback, each with its defaults and the same name of the service. */
enum LogbackEncoder {
  LOGSTASH {
    @Override
    Encoder<ILoggingEvent> create(LoggerContext context) {
      return new LogstashEncoder();
    }
  },
  ECS {
    @Override
    Encoder<ILoggingEvent> create(LoggerContext context) {
      EcsEncoder encoder = new EcsEncoder();
      encoder.setServiceName(SERVICE);
      return encoder;
    }
  },
  LOGBACK_JSON {
    @Override
    Encoder<ILoggingEvent> create(LoggerContext context) {
      // by default it leaves the filling in of the arguments to whoever reads
      JsonEncoder encoder = new JsonEncoder();
      encoder.setWithFormattedMessage(true);
      encoder.setWithMessage(false);
      encoder.setWithArguments(false);
      return encoder;
    }
  },
  BOOT_ECS {
    @Override
    Encoder<ILoggingEvent> create(LoggerContext context) {
      StandardEnvironment environment = new StandardEnvironment();
      environment
          .getPropertySources()
          .addFirst(
              new MapPropertySource(
                  "benchmark", Map.of("logging.structured.ecs.service.name", SERVICE)));
      context.putObject(Environment.class.getName(), environment);
      StructuredLogEncoder encoder = new StructuredLogEncoder();
      encoder.setFormat("ecs");
      return encoder;
    }
  },
  SHIPLOG {
    @Override
    Encoder<ILoggingEvent> create(LoggerContext context) {
      ShiplogEncoder encoder = new ShiplogEncoder();
      encoder.put("service.name", SERVICE);
      return encoder;
    }
  };

  static final String SERVICE = "gallery";

  abstract Encoder<ILoggingEvent> create(LoggerContext context);

  final Encoder<ILoggingEvent> start(LoggerContext context) {
    Encoder<ILoggingEvent> encoder = create(context);
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }
}

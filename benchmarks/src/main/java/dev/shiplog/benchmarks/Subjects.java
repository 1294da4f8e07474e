package dev.shiplog.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/** The subjects of the encoding benchmark by the names that the tables give them. */
final class Subjects {
  /** Stands in a state until its set-up has run. */
  static final EncodeSubject NONE =
      new EncodeSubject() {
        @Override
        public Object encode(int index) {
          throw new IllegalStateException("not set up");
        }

        @Override
        public byte[] bytes(int index) {
          throw new IllegalStateException("not set up");
        }
      };

  private Subjects() {}

  static EncodeSubject named(String name, boolean failed) {
    EncodeSubject subject =
        switch (name) {
          case "floor" -> new FloorSubject();
          case "logstash" -> new LogbackSubject(LogbackEncoder.LOGSTASH, failed);
          case "shiplog-encoder" -> new LogbackSubject(LogbackEncoder.SHIPLOG, failed);
          case "logstash-stream" -> new LogstashStreamSubject(failed);
          case "ecs" -> new LogbackSubject(LogbackEncoder.ECS, failed);
          case "logback-json" -> new LogbackSubject(LogbackEncoder.LOGBACK_JSON, failed);
          case "boot-ecs" -> new LogbackSubject(LogbackEncoder.BOOT_ECS, failed);
          case "log4j-ecs" -> Log4jSubject.jsonTemplate(failed);
          case "log4j-ecs-parts" -> Log4jSubject.jsonTemplateOfParts(failed);
          case "shiplog-log4j" -> Log4jSubject.shiplog(failed);
          case "shiplog-log4j-parts" -> Log4jSubject.shiplogOfParts(failed);
          case "shiplog-ecs" -> ShiplogSubject.json("ecs", failed);
          case "shiplog-ecs-requests" -> ShiplogSubject.ofManyRequests("ecs");
          case "shiplog-logstash" -> ShiplogSubject.json("logstash", failed);
          case "shiplog-msgpack" -> ShiplogSubject.msgpack("ecs", failed);
          default -> throw new IllegalArgumentException("no subject is named " + name);
        };
    judge(name, subject, failed);
    return subject;
  }

  /** A subject that left something of the event out would be fast for nothing. */
  private static void judge(String name, EncodeSubject subject, boolean failed) {
    for (int i = 0; i < SampleEvents.COUNT; i++) {
      byte[] bytes = subject.bytes(i);
      String record = read(name, bytes);
      require(name, record, "visitor of today, took " + (1_000 + i * 59) + " micros");
      require(name, record, SampleEvents.LOGGER);
      require(name, record, SampleEvents.THREAD);
      for (Map.Entry<String, String> entry : SampleEvents.MDC.entrySet()) {
        require(name, record, entry.getValue());
      }
      if (failed) {
        require(name, record, "Pool$Runner");
        require(name, record, "QueryExecutorImpl");
        require(name, record, "has no row 4711");
      }
      if (i == 0) {
        System.err.printf("%s: %d bytes%n", name, bytes.length);
      }
    }
  }

  private static String read(String name, byte[] record) {
    try {
      if (name.endsWith("msgpack")) {
        try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(record)) {
          return unpacker.unpackValue().toString();
        }
      }
      return new ObjectMapper().readTree(record).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " writes what its own kind of reader cannot read", e);
    }
  }

  private static void require(String name, String record, String part) {
    if (!record.contains(part)) {
      throw new IllegalStateException(name + " leaves out " + part + ": " + record);
    }
  }
}

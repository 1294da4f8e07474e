package dev.shiplog.benchmarks;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.komamitsu.fluency.EventTime;
import org.komamitsu.fluency.Fluency;
import org.komamitsu.fluency.fluentd.FluencyBuilderForFluentd;
import org.slf4j.helpers.MessageFormatter;

/** Fluency without a logging framework: a map is made of the event and emitted. */
final class FluencySubject implements ForwardSubject {
  private final Fluency fluency;
  private final Object[][] arguments = new Object[SampleEvents.COUNT][];

  FluencySubject(int port, boolean ack) {
    FluencyBuilderForFluentd builder = new FluencyBuilderForFluentd();
    builder.setAckResponseMode(ack);
    fluency = builder.build("127.0.0.1", port);
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = SampleEvents.arguments(i);
    }
  }

  @Override
  public void log(int index) throws IOException {
    Instant now = Instant.now();
    Map<String, Object> record = new HashMap<>(SampleEvents.MDC);
    record.put(
        "message",
        MessageFormatter.arrayFormat(SampleEvents.PATTERN, arguments[index]).getMessage());
    record.put("level", "INFO");
    record.put("logger", SampleEvents.LOGGER);
    record.put("thread", SampleEvents.THREAD);
    record.put("service.name", LogbackEncoder.SERVICE);
    fluency.emit(
        LogbackEncoder.SERVICE, EventTime.fromEpoch(now.getEpochSecond(), now.getNano()), record);
  }

  @Override
  public void close() throws IOException {
    fluency.close();
    try {
      fluency.waitUntilFlusherTerminated(60);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

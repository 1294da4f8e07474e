package dev.shiplog.testkit.foreign;

import static dev.shiplog.testkit.Sender.entry;
import static dev.shiplog.testkit.Sender.eventTime;
import static dev.shiplog.testkit.Sender.map;
import static dev.shiplog.testkit.Sender.packed;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.shiplog.testkit.Sender;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.msgpack.value.ValueFactory;

@Timeout(180)
class FluentServerProcessTest {
  private static final Instant TIME = Instant.parse("2026-11-23T10:15:30.123456789Z");

  @Test
  void server_tellsWhatItReceivedToTheNanosecond() throws Exception {
    try (FluentServerProcess server = FluentServerProcess.start();
        Sender sender = new Sender(server.port())) {
      byte[] first =
          entry(
              eventTime(TIME),
              map(
                  "message", "gr\u00fc\u00dfe \ud83c\udfa8",
                  "raw", ValueFactory.newBinary(new byte[] {1, 2}),
                  "odd", ValueFactory.newFloat(Double.NaN),
                  "http", map("status", 200)));
      byte[] second = entry(ValueFactory.newInteger(7), map("message", "plain"));
      sender.send(packed("gallery.access-log", "id-1", first, second));

      assertThat(sender.answer()).isEqualTo("{\"ack\":\"id-1\"}");
      List<String> lines = server.await(2);
      JsonObject event = JsonParser.parseString(lines.get(0)).getAsJsonObject();
      assertThat(event.get("tag").getAsString()).isEqualTo("gallery.access-log");
      assertThat(event.get("seconds").getAsLong()).isEqualTo(TIME.getEpochSecond());
      assertThat(event.get("nanos").getAsInt()).isEqualTo(TIME.getNano());
      assertThat(event.get("record"))
          .isEqualTo(
              JsonParser.parseString(
                  """
                  {"message": "gr\u00fc\u00dfe \ud83c\udfa8", "raw": {"$bin": "AQI="},
                   "odd": {"$float": "NaN"}, "http": {"status": 200}}
                  """));
      assertThat(JsonParser.parseString(lines.get(1)).getAsJsonObject().get("nanos").isJsonNull())
          .isTrue();
    }
  }

  @Test
  void server_closesAtWhatIsNoFrame() throws Exception {
    try (FluentServerProcess server = FluentServerProcess.start();
        Sender sender = new Sender(server.port())) {
      sender.send(new byte[] {(byte) 0x80});

      assertThat(sender.isClosedByPeer()).isTrue();
    }
  }
}

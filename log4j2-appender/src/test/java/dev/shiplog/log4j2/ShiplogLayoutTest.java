package dev.shiplog.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.shiplog.config.Scope;
import dev.shiplog.config.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShiplogLayoutTest {
  @TempDir private Path folder;

  @Test
  void layout_writesWholeLinesInsideRollingFile() throws IOException {
    int events = 300;
    try (Configured configured =
        Configured.withAppenders(
            """
            <RollingFile name='NAME' fileName='%1$s/app.log' filePattern='%1$s/app-%%i.log'
                bufferSize='512'>
              <ShiplogLayout schema='logstash' nested='true'><Mask key='iban'/></ShiplogLayout>
              <SizeBasedTriggeringPolicy size='16KB'/>
              <DefaultRolloverStrategy max='50'/>
            </RollingFile>
            """
                .formatted(folder))) {
      assertThat(configured.told()).isEmpty();
      for (int i = 0; i < events; i++) {
        configured.logger("a").info("{}{}", "x".repeat(i % 700), i);
      }
      configured.logger("a").error("last", new IllegalStateException("broken"));
    }

    List<JsonObject> records = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        for (String line : Files.readAllLines(file)) {
          records.add(JsonParser.parseString(line).getAsJsonObject());
        }
      }
    }
    assertThat(records).hasSize(events + 1);
    assertThat(records)
        .filteredOn(record -> record.has("stack_trace"))
        .singleElement()
        .satisfies(
            record ->
                assertThat(record.get("stack_trace").getAsString())
                    .startsWith("java.lang.IllegalStateException: broken"));
  }

  @Test
  void layout_hidesWhatPatternsAndPresetsFind() throws IOException {
    Path file = folder.resolve("app.log");
    try (Configured configured =
        Configured.withAppenders(
            """
            <File name='NAME' fileName='%s'>
              <ShiplogLayout>
                <Mask pattern='pin-[0-9]{4,6}' replacement='$0' preset='card'/>
                <Mask preset='email'/>
              </ShiplogLayout>
            </File>
            """
                .formatted(file))) {
      assertThat(configured.told()).isEmpty();
      configured
          .logger("a")
          .info(
              "{} paid with {}",
              "vincent@example.com",
              "4111 1111 1111 1111",
              new IllegalStateException("pin-1234", new IOException("a@example.com")));
    }

    String line = Files.readString(file);
    assertThat(line).doesNotContain("pin-1234", "@example", "1111");
    JsonObject record = JsonParser.parseString(line).getAsJsonObject();
    assertThat(record.get("message").getAsString()).isEqualTo("$0 paid with $0");
    assertThat(record.get("error.stack_trace").getAsString())
        .contains("IllegalStateException: $0\n", "Caused by: java.io.IOException: $0\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<Mask patern='[0-9]{16}'/>", "<Mask pattern='[0-9{16}'/>", "<Maks key='iban'/>"})
  void layout_writesNothingWhenAMaskIsWrong(String mask) throws IOException {
    Path file = folder.resolve("app.log");
    try (Configured configured =
        Configured.withAppenders(
            "<File name='NAME' fileName='%s'><ShiplogLayout>%s</ShiplogLayout></File>"
                .formatted(file, mask))) {
      assertThat(configured.told()).anyMatch(told -> told.contains("nothing is sent until"));
      configured.logger("a").info("4111111111111111");
    }

    assertThat(file).isEmptyFile();
  }

  @Test
  void layout_saysTheSameAsBytesAndAsText() {
    ShiplogLayout layout = new ShiplogLayout(Settings.defaults(Scope.ENCODER));
    LogEvent event =
        Log4jLogEvent.newBuilder()
            .setLoggerName("größe")
            .setLevel(Level.INFO)
            .setMessage(new SimpleMessage("größe"))
            .build();

    String text = layout.toSerializable(event);
    assertThat(text).isEqualTo(new String(layout.toByteArray(event), StandardCharsets.UTF_8));
    assertThat(text).endsWith("}\n").contains("\"message\":\"größe\"");
    assertThat(layout.getContentType()).isEqualTo("application/json");
    assertThat(layout.getHeader()).isEmpty();
    assertThat(layout.getFooter()).isEmpty();
  }
}

package dev.shiplog.samples.plainlog4j2;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the sample as its README says, and reads its output. */
class PlainTest {
  @TempDir Path folder;

  @Test
  void everyLineOfOutput_isARecord() throws Exception {
    List<JsonObject> records = run();

    assertThat(records).hasSize(3);
    assertThat(records.get(0).get("message").getAsString()).isEqualTo("opened 3 rooms");
    assertThat(records.get(0).get("service.name").getAsString()).isEqualTo("plain-log4j2");
    assertThat(records.get(0).get("visitor").getAsString()).isEqualTo("v-1");
    assertThat(records.get(1).get("message").getAsString()).isEqualTo("sold a painting");
    assertThat(records.get(1).get("price").getAsInt()).isEqualTo(1_200);
    assertThat(records.get(2).get("error.type").getAsString())
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(records.get(2).get("error.stack_trace").getAsString()).contains("Plain.main");
  }

  private List<JsonObject> run() throws IOException, InterruptedException {
    Path stdout = folder.resolve("stdout");
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("java.class.path"),
                Plain.class.getName())
            .redirectOutput(stdout.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended").isTrue();
    assertThat(process.exitValue()).isZero();
    List<JsonObject> records = new ArrayList<>();
    for (String line : Files.readAllLines(stdout)) {
      records.add(JsonParser.parseString(line).getAsJsonObject());
    }
    return records;
  }
}

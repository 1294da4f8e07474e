package dev.shiplog.transport.pem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The command line of OpenSSL: whoever makes keys has it, so its forms are the ones that count. */
final class OpenSsl {
  private static final long SECONDS = 30;

  private OpenSsl() {}

  /**
   * Runs it in a folder; where there is none the test is aborted, or fails with {@code CI=true}.
   */
  static void run(Path folder, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process process;
    try {
      process =
          new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    } catch (IOException e) {
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError("there is no openssl (CI=true: a missing judge is a failure)", e);
      }
      Assumptions.abort("there is no openssl to make the key: " + e.getMessage());
      return;
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError(command + ": " + said);
    }
  }
}

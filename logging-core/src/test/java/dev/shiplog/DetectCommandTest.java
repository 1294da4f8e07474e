package dev.shiplog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.shiplog.metadata.FixtureCase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetectCommandTest {
  @TempDir Path directory;

  static List<FixtureCase> cases() {
    return FixtureCase.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void report_hasTheFactsOfEveryFixture(FixtureCase fixture) throws Exception {
    HttpServer endpoint = ecsEndpoint(fixture);
    try {
      String authority = "127.0.0.1:" + endpoint.getAddress().getPort();
      Result result = run(arguments(fixture, authority, "otel"));

      assertThat(result.status).isZero();
      assertThat(result.err).isEmpty();
      assertThat(result.out).doesNotContain("not-for-logs");
      assertThat(result.json("facts")).containsExactlyInAnyOrderEntriesOf(fixture.expected());
      assertThat(result.json("sources").keySet()).isEqualTo(result.json("facts").keySet());
    } finally {
      endpoint.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"otel", "ecs", "docker", "kubernetes"})
  void childProcess_printsTheFactsUnderEachOfTheNames(String names) throws Exception {
    FixtureCase fixture = FixtureCase.named("podman-privileged-containerenv");

    Result result = child(arguments(fixture, "", names));

    String id = String.valueOf(fixture.expected().get("container.id"));
    String name =
        switch (names) {
          case "docker" -> "container_id";
          case "kubernetes" -> "docker.container_id";
          default -> "container.id";
        };
    assertThat(result.err).isEmpty();
    assertThat(result.status).isZero();
    assertThat(result.json("facts")).containsEntry(name, id);
    assertThat(result.json("sources")).containsEntry(name, "/run/.containerenv");
  }

  @Test
  void childProcess_endsWithStatus2WhenAnOptionIsWrong() throws Exception {
    Result result = child(List.of("--names", "gelf"));

    assertThat(result.status).isEqualTo(2);
    assertThat(result.out).isEmpty();
    assertThat(result.err)
        .startsWith(
            "--names: gelf, must be otel, ecs, docker or kubernetes" + System.lineSeparator());
  }

  @Test
  void problems_areToldAllTogether() throws Exception {
    Path missing = directory.resolve("missing");

    Result result =
        run(List.of("--root", missing.toString(), "--env=" + missing, "--verbose", "x", "--names"));

    assertThat(result.status).isEqualTo(2);
    assertThat(result.err.lines())
        .containsExactly(
            "--root: " + missing + ", must be a directory",
            "--env: " + missing + ", must be a readable file of KEY=VALUE lines",
            "--verbose: unknown, must be --root, --env, --names or --help",
            "x: unknown, must be --root, --env, --names or --help",
            "--names: must be followed by a value",
            "Try --help.");
  }

  @Test
  void help_isPrintedWithStatus0() throws Exception {
    Result result = run(List.of("--help"));

    assertThat(result.status).isZero();
    assertThat(result.out).contains("--root DIR", "--env FILE", "--names NAMES");
  }

  @Test
  void strings_areEscapedForParsersAndTerminals() throws Exception {
    String hostile =
        "q\" b\\ n\n e\u001b[31m d\u007f c\u009b r\u202e z\u200b s\u2028 \ud83d\ude00 \u00fc";
    Result result =
        new Result(0, PrettyJson.of(Map.of("facts", Map.of(hostile, List.of(hostile, 3L)))), "");

    assertThat(result.json("facts")).containsExactly(Map.entry(hostile, List.of(hostile, 3)));
    assertThat(result.out.chars().filter(c -> c != '\n'))
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
    assertThat(PrettyJson.of(Map.of("a", "x\ud800y"))).contains("\"x\ufffdy\"");
    assertThat(PrettyJson.of(Map.of("a", List.of(), "b", Map.of()))).contains("[]", "{}");
  }

  private List<String> arguments(FixtureCase fixture, String endpoint, String names)
      throws IOException {
    Path env = directory.resolve("env");
    Files.writeString(env, fixture.read("env").replace("169.254.170.2", endpoint));
    Path root = Files.createDirectory(directory.resolve("root"));
    return List.of(
        "--root", fixture.layOut(root).toString(), "--env", env.toString(), "--names", names);
  }

  /** Answers with the case's documents; 404 if it has none. */
  private static HttpServer ecsEndpoint(FixtureCase fixture) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean task = exchange.getRequestURI().getPath().endsWith("/task");
          String file = "ecs-metadata-" + (task ? "task" : "container") + ".json";
          byte[] body = fixture.read(file).getBytes(UTF_8);
          exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static Result run(List<String> arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        new DetectCommand(
                Map.of(), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
            .run(arguments.toArray(String[]::new));
    return new Result(status, out.toString(UTF_8), err.toString(UTF_8));
  }

  /** As {@code java -jar} does it: this class path has nothing but the core. */
  private Result child(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    command.add("dev.shiplog.Main");
    command.addAll(arguments);
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS"); // the JVM would mention it on stderr
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private record Result(int status, String out, String err) {
    Map<String, Object> json(String member) throws IOException {
      return new ObjectMapper()
          .readValue(out, new TypeReference<Map<String, Map<String, Object>>>() {})
          .getOrDefault(member, Map.of());
    }
  }
}

package dev.shiplog.logback.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.shiplog.metadata.FixtureCase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application whose container tells of itself over HTTP, once events are under way. */
@Timeout(90)
class LateMetadataTest {
  private static final FixtureCase FARGATE = FixtureCase.named("ecs-fargate-metadata-v4");
  private static final String ELEMENTS =
      "<format>json</format><sequence>true</sequence><metadata><level>full</level>"
          + "<names>otel</names><http>%s</http></metadata>";
  private static final String TASK = "aws.ecs.task.family";

  @TempDir Path folder;
  private final CountDownLatch logged = new CountDownLatch(1);
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          asked.add(path);
          try {
            logged.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          String file = path.endsWith("/task") ? "task" : "container";
          byte[] body =
              FARGATE.read("ecs-metadata-" + file + ".json").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
    threads.shutdownNow();
  }

  private Child application(String http) throws IOException {
    return Child.application(
        folder,
        Map.of(
            "ECS_CONTAINER_METADATA_URI_V4",
            "http://127.0.0.1:" + server.getAddress().getPort() + "/v4/id"),
        CountingApplication.class,
        ELEMENTS.formatted(http));
  }

  /** Whole lines alone: the last one may be under way. */
  private static List<Map<String, @Nullable Object>> records(Child child) {
    try {
      return CapturedStdout.records(
          child.stdout().stream().filter(line -> line.endsWith("}")).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void sequence_goesOnWhenMoreIsKnownOfTheContainer() throws Exception {
    List<Map<String, @Nullable Object>> records;
    try (Child child = application("auto")) {
      Await.until("the first event", () -> !records(child).isEmpty());
      logged.countDown();
      Await.until(
          "metadata", () -> records(child).stream().anyMatch(record -> record.containsKey(TASK)));
      child.terminate();
      child.awaitEnd();
      records = records(child);
    }

    assertThat(records.get(0)).doesNotContainKey(TASK);
    assertThat(records.get(records.size() - 1)).containsEntry(TASK, "shop-api");
    assertThat(records)
        .extracting(record -> record.get("event.sequence").toString())
        .isEqualTo(LongStream.rangeClosed(1, records.size()).mapToObj(Long::toString).toList());
  }

  @Test
  void endpoint_isNotAskedWhenMetadataHttpIsOff() throws Exception {
    logged.countDown();
    try (Child child = application("off")) {
      Await.until("events", () -> records(child).size() > 100);
      child.terminate();
      child.awaitEnd();

      assertThat(records(child)).noneMatch(record -> record.containsKey(TASK));
    }
    assertThat(asked).isEmpty();
  }
}

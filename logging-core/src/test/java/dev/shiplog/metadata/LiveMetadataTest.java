package dev.shiplog.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveMetadataTest {
  private static final FixtureCase FARGATE = FixtureCase.named("ecs-fargate-metadata-v4");

  @TempDir Path root;
  private HttpServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger failures = new AtomicInteger();

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          asked.add(path);
          String file = path.endsWith("/task") ? "task" : "container";
          byte[] body = FARGATE.read("ecs-metadata-" + file + ".json").getBytes(UTF_8);
          boolean fails = failures.getAndDecrement() > 0;
          exchange.sendResponseHeaders(fails ? 503 : 200, 0); // chunked, as Go's server answers
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void refresh_addsWhatTheEndpointTells() throws IOException {
    LiveMetadata live = fargate();
    Metadata before = live.current();

    live.refresh();

    assertThat(before.facts()).doesNotContainKey("aws.ecs.task.arn");
    assertThat(live.current()).isNotSameAs(before);
    assertThat(live.current().facts()).containsExactlyInAnyOrderEntriesOf(FARGATE.expected());
    assertThat(live.current().sources())
        .containsEntry("container.name", "HTTP, env ECS_CONTAINER_METADATA_URI_V4")
        .containsEntry("aws.ecs.task.arn", "HTTP, env ECS_CONTAINER_METADATA_URI_V4/task");
    assertThat(asked).hasSize(2).last().asString().endsWith("-2750318846/task");
  }

  @Test
  void refresh_triesThreeTimesAndKeepsWhatItHas() throws IOException {
    failures.set(2);
    LiveMetadata live = fargate();

    live.refresh();

    assertThat(asked).hasSize(4);
    assertThat(live.current().facts()).containsExactlyInAnyOrderEntriesOf(FARGATE.expected());
  }

  @Test
  void refresh_leavesTheSnapshotWhenTheEndpointFails() throws IOException {
    failures.set(Integer.MAX_VALUE);
    LiveMetadata live = fargate();
    Metadata before = live.current();

    live.refresh();

    assertThat(asked).hasSize(3);
    assertThat(live.current()).isSameAs(before);
  }

  @Test
  void refresh_asksNobodyWhenNoEndpointIsAnnounced() {
    LiveMetadata live = new LiveMetadata(new Machine(root, Map.of()), Duration.ofDays(1));
    Metadata before = live.current();

    live.refreshInBackground();
    live.refresh();

    assertThat(live.current()).isSameAs(before);
    assertThat(asked).isEmpty();
  }

  @Test
  void refresh_readsTheFileAgainUntilItIsReady() throws IOException {
    FixtureCase ready = FixtureCase.named("ecs-ec2-metadata-file");
    Map<String, String> environment = ready.environment();
    ready.layOut(root);
    Path file =
        root.resolve(environment.getOrDefault("ECS_CONTAINER_METADATA_FILE", "").substring(1));
    Files.writeString(
        file, FixtureCase.named("ecs-ec2-metadata-file-not-ready").read("ecs-metadata-file.json"));
    LiveMetadata live = new LiveMetadata(new Machine(root, environment), Duration.ofNanos(1));
    assertThat(live.current().facts()).doesNotContainKey("container.id");

    Files.writeString(file, ready.read("ecs-metadata-file.json"));
    live.refresh();

    assertThat(live.current().facts()).containsExactlyInAnyOrderEntriesOf(ready.expected());
  }

  @Test
  void refresh_happensInTheBackgroundOnRequest() throws IOException {
    LiveMetadata live = fargate();
    Metadata before = live.current();

    live.refreshInBackground();

    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (live.current() == before && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(live.current().facts()).containsExactlyInAnyOrderEntriesOf(FARGATE.expected());
  }

  @Test
  void listener_hearsWhatCameBetweenItsLookAndItself() throws IOException {
    LiveMetadata live = fargate();
    Metadata seen = live.current();
    AtomicInteger calls = new AtomicInteger();
    live.refresh();

    Runnable forget = live.onChange(seen, calls::incrementAndGet);
    assertThat(calls).hasValue(1);

    forget.run();
    live.onChange(live.current(), calls::incrementAndGet);
    assertThat(calls).hasValue(1);
  }

  private LiveMetadata fargate() throws IOException {
    Map<String, String> environment = new HashMap<>(FARGATE.environment());
    environment.replaceAll(
        (name, value) ->
            value.replace("169.254.170.2", "127.0.0.1:" + server.getAddress().getPort()));
    return new LiveMetadata(new Machine(root, environment), Duration.ofMillis(1));
  }
}

package dev.shiplog.samples.gallery;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.ForwardEndpointTest;
import dev.shiplog.testkit.ReceivedEvent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.Environment;
import org.springframework.test.annotation.DirtiesContext;

/** What the gallery logs, seen from the endpoint: how any application's logging can be tested. */
@ForwardEndpointTest(property = "shiplog.fluentd.endpoint")
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "shiplog.stdout.format=json")
@DirtiesContext
class GalleryTest {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final ForwardEndpoint endpoint;
  private final Environment environment;

  GalleryTest(ForwardEndpoint endpoint, @Autowired Environment environment) {
    this.endpoint = endpoint;
    this.environment = environment;
  }

  @Test
  void pageView_isAnAccessEventOfItsOwnTag() throws Exception {
    visit("/artwork/1", "seen-1");

    ReceivedEvent view = awaitOne("gallery.access-log", "seen-1");
    assertThat(view.fields())
        .containsEntry("http.request.method", "GET")
        .containsEntry("url.path", "/artwork/1")
        .containsEntry("http.response.status_code", 200L)
        .containsEntry("client.address", "127.0.0.1")
        .containsEntry("user_agent.original", "test");
    assertThat((String) view.field("message")).matches("GET /artwork/1 200 in \\d+ ms");
    assertThat((String) view.field("http.route")).startsWith("/artwork/{id");
    assertThat((Long) view.field("event.duration")).isPositive();
  }

  @Test
  void search_isLoggedWithTheRequestThatAskedForIt() throws Exception {
    visit("/search?q=van", "searched-1");

    ReceivedEvent search = awaitOne("gallery." + Catalogue.class.getName(), "searched-1");
    assertThat(search.fields())
        .containsEntry("search.query", "van")
        .containsEntry("search.hits", 2L);
  }

  @Test
  void brokenPage_isLoggedWithItsTraceAndCause() throws Exception {
    int status = visit("/artwork/2/provenance", "broken-1");

    assertThat(status).isEqualTo(500);
    ReceivedEvent error = awaitOne("gallery." + Rooms.class.getName(), "broken-1");
    assertThat(error.fields())
        .containsEntry("log.level", "ERROR")
        .containsEntry("error.message", "No provenance of The Night Watch");
    assertThat((String) error.field("error.stack_trace"))
        .contains("at " + Catalogue.class.getName() + ".provenance(")
        .contains("Caused by: java.nio.file.NoSuchFileException: archive");
  }

  @Test
  void missingPage_isAPageViewToo() throws Exception {
    assertThat(visit("/cloakroom", "lost-1")).isEqualTo(404);

    assertThat(awaitOne("gallery.access-log", "lost-1").field("http.response.status_code"))
        .isEqualTo(404L);
  }

  @Test
  void everyLine_ofTheContainerOutputParsesAsJson(CapturedOutput output) throws Exception {
    visit("/artwork/8", "line-1");
    visit("/artwork/3/provenance", "line-2");

    awaitOne("gallery.access-log", "line-2");
    assertThat(output.getOut()).contains("line-1", "line-2", "NoSuchFileException");
    // what stands before it the test framework said, before there was an application
    assertThat(output.getOut().lines().dropWhile(line -> !line.startsWith("{")))
        .allSatisfy(line -> assertThat(JsonParser.parseString(line).isJsonObject()).isTrue());
  }

  private ReceivedEvent awaitOne(String tag, String request) {
    endpoint.await("an event of " + request, () -> !of(tag, request).isEmpty());
    assertThat(of(tag, request)).hasSize(1);
    return of(tag, request).get(0);
  }

  private List<ReceivedEvent> of(String tag, String request) {
    return endpoint.events(tag).stream()
        .filter(event -> request.equals(event.field("http.request.id")))
        .toList();
  }

  private int visit(String path, String request) throws Exception {
    String port = environment.getRequiredProperty("local.server.port");
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(DEADLINE)
                .header("User-Agent", "test")
                .header("X-Request-Id", request)
                .build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }
}

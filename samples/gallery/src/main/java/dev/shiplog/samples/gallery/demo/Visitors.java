package dev.shiplog.samples.gallery.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** People who walk through the gallery, always the same way: the seed is fixed. */
final class Visitors {
  private static final int AT_A_TIME = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final List<String> WALK =
      List.of(
          "/",
          "/",
          "/artwork/1",
          "/artwork/3",
          "/artwork/8",
          "/search?q=van",
          "/search?q=%E8%91%9B%E9%A3%BE",
          "/artwork/2/provenance",
          "/artwork/99",
          "/cloakroom");

  private final URI gallery;
  private final Random way = new Random(1889);
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  Visitors(URI gallery) {
    this.gallery = gallery;
  }

  /** Sends so many requests and tells how often each status was the answer. */
  Map<Integer, Integer> walk(int requests) {
    List<String> paths = way.ints(requests, 0, WALK.size()).mapToObj(WALK::get).toList();
    ExecutorService feet = Executors.newFixedThreadPool(AT_A_TIME);
    try {
      List<CompletableFuture<Integer>> answers =
          IntStream.range(0, requests)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> get(paths.get(i), i), feet))
              .toList();
      Map<Integer, Integer> statuses = new TreeMap<>();
      answers.forEach(answer -> statuses.merge(answer.join(), 1, Integer::sum));
      return statuses;
    } finally {
      feet.shutdownNow();
    }
  }

  private int get(String path, int number) {
    HttpRequest request =
        HttpRequest.newBuilder(gallery.resolve(path))
            .timeout(PATIENCE)
            .header("User-Agent", "demo-visitor/1.0")
            .header("X-Request-Id", "visit-" + number)
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new IllegalStateException("no answer to " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted at " + path, e);
    }
  }
}

package dev.shiplog.samples.gallery.demo;

import dev.shiplog.samples.gallery.Account;
import dev.shiplog.testkit.ForwardEndpoint;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Opens the gallery, sends visitors, ends it with SIGTERM and shows what became of all that it
 * logged. The exit status is 0 only if the accounts balance and agree with what was received.
 *
 * <p>{@code Demo GALLERY_JAR FOLDER}; {@code FLUENTD=host:port} in the environment names a real
 * endpoint, else one runs inside.
 */
public final class Demo {
  private static final int REQUESTS = 300;

  private final PrintStream out =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
  private final Report report = new Report(out);
  private final Path jar;
  private final Path folder;

  /** What the gallery said on its stderr. */
  private final List<String> said = new ArrayList<>();

  private Demo(Path jar, Path folder) {
    this.jar = jar;
    this.folder = folder;
  }

  /** See the class. */
  public static void main(String[] args) throws Exception {
    Demo demo = new Demo(Path.of(args[0]), Path.of(args[1]));
    System.exit(demo.run(System.getenv("FLUENTD")) ? 0 : 1);
  }

  private boolean run(@Nullable String fluentd)
      throws IOException, InterruptedException, TimeoutException {
    Files.createDirectories(folder);
    Path stdout = folder.resolve("stdout.jsonl");
    if (fluentd != null && !fluentd.isEmpty()) {
      List<Account> accounts = visit(fluentd, stdout, () -> {});
      report.output(stdout, said);
      report.accounts(accounts);
    } else {
      try (ForwardEndpoint endpoint = ForwardEndpoint.builder().requireChunk().start()) {
        String views = Routes.ACCESS_LOG.toString();
        List<Account> accounts =
            visit(endpoint.address(), stdout, () -> endpoint.await(REQUESTS, views));
        report.output(stdout, said);
        report.received(endpoint, folder.resolve("store.jsonl"));
        report.accounts(accounts);
        report.compare(accounts, endpoint, REQUESTS);
      }
    }
    return report.verdict();
  }

  private List<Account> visit(String endpoint, Path stdout, Runnable beforeTheEnd)
      throws IOException, InterruptedException, TimeoutException {
    try (GalleryProcess gallery = new GalleryProcess(jar, endpoint, stdout)) {
      URI address = gallery.awaitOpen();
      out.println("The gallery is open at " + address + " and forwards to " + endpoint + ".");
      out.println(
          REQUESTS + " requests, answers by status: " + new Visitors(address).walk(REQUESTS));
      beforeTheEnd.run();
      List<Account> accounts = gallery.terminate();
      said.addAll(gallery.said());
      return accounts;
    }
  }
}

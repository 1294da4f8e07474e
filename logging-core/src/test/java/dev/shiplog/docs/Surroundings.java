package dev.shiplog.docs;

import dev.shiplog.testkit.Behaviour;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.Handshake;
import dev.shiplog.testkit.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a snippet of the documentation speaks of, made for a test: the collector, which wants TLS
 * and a shared key if the snippet has them, and the files and folders.
 */
public final class Surroundings implements AutoCloseable {
  private static final String CA = "/etc/tls/ca.pem";
  private static final String KEY_FILE = "/run/secrets/fluentd-key";
  private static final String SPOOL = "/var/spool/shiplog";
  private static final String COLLECTOR = "fluentd:24224";
  private static final String LOG = "app.log";
  private static final String KEY = "a key for tests";

  private final String snippet;
  private final Path folder;
  private final ForwardEndpoint endpoint;

  /** Makes them in {@code folder}. */
  public Surroundings(String snippet, Path folder) throws IOException {
    this.snippet = snippet;
    this.folder = folder;
    ForwardEndpoint.Builder builder = ForwardEndpoint.builder();
    if (snippet.contains(CA)) {
      TestAuthority authority = TestAuthority.create();
      Files.writeString(folder.resolve("ca.pem"), authority.pem());
      builder.tls(authority.issue("127.0.0.1"));
    }
    if (snippet.contains(KEY_FILE)) {
      Files.writeString(folder.resolve("key"), KEY);
      builder.behave(Handshake.likeFluentd(KEY).then(Behaviour.acknowledging()));
    }
    endpoint = builder.start();
  }

  /** The collector. */
  public ForwardEndpoint endpoint() {
    return endpoint;
  }

  /** The snippet, speaking of these. */
  public String adapted() {
    return snippet
        .replace(COLLECTOR, endpoint.address())
        .replace(CA, folder.resolve("ca.pem").toString())
        .replace(KEY_FILE, folder.resolve("key").toString())
        .replace(SPOOL, folder.resolve("spool").toString())
        .replace('"' + LOG + '"', '"' + folder.resolve(LOG).toString() + '"');
  }

  @Override
  public void close() {
    endpoint.close();
  }
}

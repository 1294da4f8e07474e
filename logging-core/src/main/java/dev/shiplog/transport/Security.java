package dev.shiplog.transport;

import dev.shiplog.transport.TlsContext.WrongFile;
import dev.shiplog.transport.pem.PemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * What stands between an open socket and the first chunk: TLS, the handshake, both or nothing. One
 * for all endpoints of a sink, since it holds what the files say. For one thread at a time: whoever
 * assembles the sink, then the sink's.
 *
 * <p>Without its files no connection is opened at all: nothing falls back to less.
 */
public final class Security {
  private final @Nullable TlsContext tls;
  private final @Nullable Credentials credentials;
  private Handshake.@Nullable Keys keys;
  private @Nullable Wrong told;
  private @Nullable String news;

  /**
   * A file that cannot be used.
   *
   * @param key the setting that names it, such as {@code tls.ca}
   * @param what is wrong, never what is in it
   */
  public record Wrong(String key, Path file, String what) {}

  /** TLS unless {@code tls} is null, the handshake unless {@code credentials} are. */
  public Security(@Nullable TlsSettings tls, @Nullable Credentials credentials) {
    this.tls = tls == null ? null : new TlsContext(tls);
    this.credentials = credentials;
  }

  /** Neither TLS nor handshake. */
  public static Security none() {
    return new Security(null, null);
  }

  /** Whether it is neither TLS nor handshake: whoever can do no more must not connect otherwise. */
  public boolean isNone() {
    return tls == null && credentials == null;
  }

  /** Reads what changed; returns all that is wrong, whether or not earlier files still serve. */
  public List<Wrong> check() {
    List<Wrong> wrong = new ArrayList<>();
    WrongFile file = tls == null ? null : tls.refresh();
    if (file != null) {
      wrong.add(new Wrong(file.key(), file.file(), file.what()));
    }
    if (credentials != null) {
      readKeys(credentials, wrong);
    }
    return wrong;
  }

  private void readKeys(Credentials from, List<Wrong> wrong) {
    int before = wrong.size();
    byte[] key = read("auth.sharedKeyFile", from.sharedKey(), wrong);
    byte[] password =
        from.password() == null ? new byte[0] : read("auth.passwordFile", from.password(), wrong);
    if (wrong.size() == before) {
      keys = new Handshake.Keys(key, password);
    }
  }

  private static byte[] read(String key, Secret secret, List<Wrong> wrong) {
    try {
      return secret.bytes();
    } catch (PemException e) {
      Path file = secret.file();
      wrong.add(new Wrong(key, file == null ? Path.of("") : file, String.valueOf(e.getMessage())));
      return new byte[0];
    }
  }

  /** Before a connection: all that it needs is there, or it is not opened. */
  void prepare() throws SecurityFailure {
    List<Wrong> wrong = check();
    Wrong first = wrong.isEmpty() ? null : wrong.get(0);
    boolean ready = (tls == null || tls.isReady()) && (credentials == null || keys != null);
    if (first != null && !ready) {
      throw new SecurityFailure(Fault.SECURITY_FILE, said(first) + "; nothing is sent");
    }
    if (first != null && !first.equals(told)) {
      news = said(first) + "; what it held before stays in use";
    }
    told = first;
  }

  private static String said(Wrong wrong) {
    return "fluentd." + wrong.key() + ": " + wrong.file() + " " + wrong.what();
  }

  /** What the operator has to know although the connection goes on; once. */
  @Nullable String news() {
    String one = news;
    news = null;
    return one;
  }

  /**
   * Puts round a link that only just begins to connect what it needs; after {@link #prepare}.
   *
   * @param host whose certificate it must be
   * @param threads for what an engine has to compute
   * @param whenDone called by these threads
   */
  Link around(Link plain, String host, int port, ThreadFactory threads, Runnable whenDone) {
    Link link = plain;
    if (tls != null) {
      link = new TlsLink(link, tls.engine(host, port), threads, whenDone);
    }
    if (credentials != null && keys != null) {
      link = new AuthenticatedLink(link, new Handshake(credentials, keys));
    }
    return link;
  }
}

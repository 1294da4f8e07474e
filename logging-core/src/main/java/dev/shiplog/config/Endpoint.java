package dev.shiplog.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where chunks go. */
public sealed interface Endpoint {
  /** How endpoints are written. */
  Type<Endpoint> TYPE =
      new Type<>(
          "endpoint",
          "must be host:port, [v6]:port or unix:///path, with a port of 1 to 65535",
          Endpoint::parse);

  /**
   * A TCP endpoint.
   *
   * @param host a name or an address, without the brackets of an IPv6 address
   */
  record Tcp(String host, int port) implements Endpoint {
    private static final Pattern SYNTAX =
        Pattern.compile("(?:\\[([0-9A-Fa-f:.]+(?:%[\\w.-]+)?)]|([\\w.-]+)):(\\d{1,5})");

    private static final Pattern LOOPBACK =
        Pattern.compile(
            "localhost|127(?:\\.\\d{1,3}){3}|(?:0{0,4}:){2,7}0{0,3}1", Pattern.CASE_INSENSITIVE);

    @Override
    public boolean isOnThisMachine() {
      return LOOPBACK.matcher(host).matches();
    }

    @Override
    public String toString() {
      return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
  }

  /**
   * Whether what goes there cannot be read on a network, as far as the name alone tells: nobody is
   * asked for addresses.
   */
  boolean isOnThisMachine();

  /** A Unix domain socket. */
  record Unix(String path) implements Endpoint {
    @Override
    public boolean isOnThisMachine() {
      return true;
    }

    @Override
    public String toString() {
      return "unix://" + path;
    }
  }

  /** The endpoint that {@code text} means, or null. */
  static @Nullable Endpoint parse(String text) {
    if (text.startsWith("unix:///")) {
      return new Unix(text.substring("unix://".length()));
    }
    Matcher matcher = Tcp.SYNTAX.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    int port = Integer.parseInt(matcher.group(3));
    if (port < 1 || port > 65535) {
      return null;
    }
    String v6 = matcher.group(1);
    return new Tcp(v6 == null ? matcher.group(2) : v6, port);
  }
}

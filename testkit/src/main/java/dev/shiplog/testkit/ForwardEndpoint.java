package dev.shiplog.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A forward endpoint inside the test: what fluentd or Fluent Bit would be in production.
 *
 * <pre>{@code
 * try (ForwardEndpoint endpoint = ForwardEndpoint.start()) {
 *   application.logTo(endpoint.address());
 *   List<ReceivedEvent> events = endpoint.await(3);
 * }
 * }</pre>
 *
 * <p>It listens on loopback, at a port that the system chose, understands every mode of the
 * protocol, and acknowledges what asks for that. It keeps what it received until {@link #clear()},
 * even when closed. Safe for any thread; its own threads are daemons.
 */
public final class ForwardEndpoint implements AutoCloseable {
  /** How long {@link #await(int)} and its kin wait. */
  public static final Duration DEADLINE = Duration.ofSeconds(10);

  private final Received received = new Received();
  private final Listener listener;

  private ForwardEndpoint(Builder builder) throws IOException {
    received.requireChunk(builder.requireChunk);
    listener =
        builder.socket == null
            ? Listener.tcp(builder.port, builder.receiveBufferBytes, builder.tls(), received)
            : Listener.unix(builder.socket, received);
    listener.behave(builder.behaviours);
    listener.start();
  }

  /** Starts an endpoint that acknowledges. */
  public static ForwardEndpoint start() {
    return builder().start();
  }

  /** Says how the endpoint is to behave before it starts. */
  public static Builder builder() {
    return new Builder();
  }

  /** The port that it listens on, 0 when that is a Unix domain socket. */
  public int port() {
    return listener.port();
  }

  /**
   * Host and port, as an appender's {@code endpoint} wants it: {@code 127.0.0.1:12345}, or {@code
   * unix:///path}.
   */
  public String address() {
    return listener.address();
  }

  /**
   * Waits until this many events have come in all, at most {@link #DEADLINE}, and returns all that
   * have.
   *
   * @throws AssertionError when they have not; it says what did arrive
   */
  public List<ReceivedEvent> await(int events) {
    return await(events, DEADLINE);
  }

  /** As {@link #await(int)}, with a deadline of its own. */
  public List<ReceivedEvent> await(int events, Duration deadline) {
    received.await(events + " events", () -> received.eventCount() >= events, deadline);
    return events();
  }

  /** As {@link #await(int)}, but counts and returns only the events whose tag fits. */
  public List<ReceivedEvent> await(int events, String tagPattern) {
    TagPattern pattern = TagPattern.of(tagPattern);
    received.await(
        events + " events of " + pattern, () -> events(pattern).size() >= events, DEADLINE);
    return events(pattern);
  }

  /**
   * Waits until a condition holds that depends on what this endpoint received; it is looked at
   * again whenever something arrives.
   *
   * @param what what is waited for, as a noun: it is read in the error
   */
  public void await(String what, BooleanSupplier condition) {
    received.await(what, condition, DEADLINE);
  }

  /** All events in the order in which their frames came, duplicates included. */
  public List<ReceivedEvent> events() {
    return received.events();
  }

  /**
   * The events whose tag fits a pattern as in fluentd's {@code <match …>}, such as {@code
   * gallery.**}; a plain tag is a pattern too.
   */
  public List<ReceivedEvent> events(String tagPattern) {
    return events(TagPattern.of(tagPattern));
  }

  private List<ReceivedEvent> events(TagPattern pattern) {
    return events().stream().filter(event -> pattern.matches(event.tag())).toList();
  }

  /** The events with each chunk once: what is stored after removing what came again. */
  public List<ReceivedEvent> distinctEvents() {
    return received.distinctEvents();
  }

  /** The events by their tag; the tags in alphabetical order. */
  public Map<String, List<ReceivedEvent>> byTag() {
    return events().stream()
        .collect(Collectors.groupingBy(ReceivedEvent::tag, TreeMap::new, Collectors.toList()));
  }

  /** All frames in the order in which they came, resent ones included. */
  public List<Frame> frames() {
    return received.frames();
  }

  /** How often each chunk id came that came more than once. */
  public Map<String, Integer> duplicates() {
    Map<String, Integer> counts = new TreeMap<>();
    for (Frame frame : frames()) {
      String chunk = frame.chunk();
      if (chunk != null) {
        counts.merge(chunk, 1, Integer::sum);
      }
    }
    counts.values().removeIf(count -> count == 1);
    return counts;
  }

  /** How many connections were accepted since the start or the last {@link #clear()}. */
  public int connections() {
    return received.connections();
  }

  /** How many connections are open now. */
  public int openConnections() {
    return received.openConnections();
  }

  /** How many bytes were read, events and all, since the start or the last {@link #clear()}. */
  public long bytes() {
    return received.bytes();
  }

  /**
   * What came that is not the protocol: broken msgpack, a key twice in a record, a wrong {@code
   * option.size}. Waiting fails at once when there is any.
   */
  public List<String> problems() {
    return received.problems();
  }

  /** Forgets what came until now; connections stay open. */
  public void clear() {
    received.clear();
  }

  /** Closes all connections as they are; the endpoint goes on listening. */
  public void disconnect() {
    listener.disconnect();
  }

  /** The next connection gets the first of these, the one after it the second; the last stays. */
  public void behave(Behaviour... inTurn) {
    if (inTurn.length == 0) {
      throw new IllegalArgumentException("behave() needs at least one behaviour");
    }
    listener.behave(List.of(inTurn));
  }

  /** Stops listening and closes all connections; what was received stays readable. */
  @Override
  public void close() {
    listener.close();
  }

  @Override
  public String toString() {
    return "forward endpoint " + address();
  }

  /** How an endpoint is to be; everything has a default. Used by one thread. */
  public static final class Builder {
    private int port;
    private @Nullable Path socket;
    private int receiveBufferBytes;
    private boolean requireChunk;
    private @Nullable TestIdentity identity;
    private @Nullable TestAuthority clients;
    private List<String> protocols = List.of();
    private List<Behaviour> behaviours = List.of(Behaviour.acknowledging());

    private Builder() {}

    /** The port to listen on, such as that of an endpoint that was closed; else a free one. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /** A Unix domain socket to listen on, instead of a port; its file goes with the endpoint. */
    public Builder socket(Path socket) {
      this.socket = socket;
      return this;
    }

    /** Whether frames are acknowledged that ask for it; they are unless this says otherwise. */
    public Builder acknowledge(boolean acknowledge) {
      return behave(acknowledge ? Behaviour.acknowledging() : Behaviour.silent());
    }

    /** Counts a frame that asks for no acknowledgement as a problem. */
    public Builder requireChunk() {
      requireChunk = true;
      return this;
    }

    /** The first connection gets the first of these, the next one the second; the last stays. */
    public Builder behave(Behaviour... inTurn) {
      behaviours = List.of(inTurn);
      return this;
    }

    /** Speaks TLS and shows itself as this identity. */
    public Builder tls(TestIdentity shown) {
      identity = shown;
      return this;
    }

    /** Takes only clients with a certificate that this authority issued: mutual TLS. */
    public Builder clientsOf(TestAuthority authority) {
      clients = authority;
      return this;
    }

    /** Speaks these versions of TLS alone, such as {@code TLSv1.2}. */
    public Builder tlsProtocols(String... versions) {
      protocols = List.of(versions);
      return this;
    }

    private @Nullable ServerTls tls() {
      return identity == null ? null : new ServerTls(identity.server(clients), clients, protocols);
    }

    /** What the kernel may hold that is not read yet; a small one makes a stall felt soon. */
    public Builder receiveBuffer(int bytes) {
      receiveBufferBytes = bytes;
      return this;
    }

    /**
     * Starts it.
     *
     * @throws UncheckedIOException when the port is not free
     */
    public ForwardEndpoint start() {
      try {
        return new ForwardEndpoint(this);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "cannot listen on " + (socket == null ? "port " + port : socket), e);
      }
    }
  }
}

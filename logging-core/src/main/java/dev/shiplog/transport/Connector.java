package dev.shiplog.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The way to one connection: look the host up, then try its addresses in turn, each with a deadline
 * of its own. Ends as a link or as a failure.
 */
final class Connector {
  private final Endpoint endpoint;
  private final @Nullable Lookup lookup;
  private final AddressOrder order;
  private final Selector selector;
  private final long timeoutNanos;
  private final Wrapping wrapping;
  private final StringBuilder troubles = new StringBuilder();
  private @Nullable Deque<SocketAddress> untried;
  private @Nullable SocketAddress address;
  private long deadline;
  private @Nullable Link link;
  private Fault fault = Fault.UNREACHABLE;
  private @Nullable Failure failure;

  /** What goes round the bare link. */
  record Wrapping(Security security, ThreadFactory threads, Runnable whenDone) {
    Link around(Link plain, Endpoint endpoint) {
      try {
        return security.around(plain, endpoint.host(), endpoint.port(), threads, whenDone);
      } catch (RuntimeException e) {
        plain.close();
        throw e;
      }
    }
  }

  /**
   * A way that begins now.
   *
   * @param lookup null for a Unix domain socket, whose path needs none
   * @param order learns of addresses that fail
   */
  Connector(
      Endpoint endpoint,
      @Nullable Lookup lookup,
      AddressOrder order,
      Selector selector,
      long timeoutNanos,
      Wrapping wrapping,
      long now) {
    this.endpoint = endpoint;
    this.wrapping = wrapping;
    this.lookup = lookup;
    this.order = order;
    this.selector = selector;
    this.timeoutNanos = timeoutNanos;
    this.deadline = now + timeoutNanos;
  }

  /** Goes on; returns the link once it is connected. */
  @Nullable Link step(long now) {
    Deque<SocketAddress> addresses = addresses(now);
    if (addresses == null) {
      return null;
    }
    while (failure == null) {
      if (link == null) {
        open(addresses, now);
        continue;
      }
      try {
        if (link.finishConnect()) {
          return link;
        }
        if (now - deadline < 0) {
          return null;
        }
        Failure unanswered = link.unanswered(timeoutNanos / 1_000_000);
        abandon(unanswered.fault(), unanswered.detail());
      } catch (SecurityFailure e) {
        abandon(e.fault(), reason(e));
      } catch (IOException e) {
        abandon(Fault.UNREACHABLE, reason(e));
      }
    }
    return null;
  }

  /** What is left to be tried, null while that is not known. */
  private @Nullable Deque<SocketAddress> addresses(long now) {
    if (untried != null) {
      return untried;
    }
    Deque<SocketAddress> addresses = new ArrayDeque<>();
    Path socket = endpoint.socket();
    if (socket != null) {
      addresses.add(UnixDomainSocketAddress.of(socket));
    } else if (lookup != null) {
      InetAddress[] found = lookup.addresses();
      if (found == null) {
        awaitAddresses(lookup, now);
        return null;
      }
      for (InetAddress one : order.of(found)) {
        addresses.add(new InetSocketAddress(one, endpoint.port()));
      }
    }
    untried = addresses;
    return addresses;
  }

  private void awaitAddresses(Lookup lookup, long now) {
    String error = lookup.error();
    if (error != null) {
      failure = new Failure(Fault.UNRESOLVED, error);
    } else if (now - deadline >= 0) {
      failure = new Failure(Fault.UNRESOLVED, "no answer in " + timeoutNanos / 1_000_000 + " ms");
    }
  }

  private void open(Deque<SocketAddress> addresses, long now) {
    SocketAddress next = addresses.poll();
    if (next == null) {
      failure = new Failure(fault, troubles.toString());
      return;
    }
    address = next;
    deadline = now + timeoutNanos;
    try {
      wrapping.security().prepare();
      link = wrapping.around(PlainLink.open(next, selector), endpoint);
    } catch (SecurityFailure e) {
      failure = new Failure(e.fault(), reason(e));
    } catch (IOException | RuntimeException e) {
      note(reason(e));
    }
  }

  private void abandon(Fault what, String why) {
    // an address that answers, and wrongly, tells more than one that does not
    fault = what == Fault.UNREACHABLE ? fault : what;
    note(why);
    close();
  }

  private void note(String why) {
    SocketAddress failed = address;
    if (failed == null) {
      return;
    }
    if (failed instanceof InetSocketAddress inet) {
      order.failed(inet.getAddress());
    }
    troubles.append(troubles.length() == 0 ? "" : "; ");
    String text = PlainLink.text(failed);
    if (endpoint.socket() == null && !text.equals(endpoint.toString())) {
      troubles.append(text).append(": "); // whoever tells it names the endpoint
    }
    troubles.append(why);
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  /** Why there will be no link; null while there is hope. */
  @Nullable Failure failure() {
    return failure;
  }

  /** The address of the link, null before there is one and for a Unix domain socket. */
  @Nullable InetAddress inetAddress() {
    return address instanceof InetSocketAddress inet ? inet.getAddress() : null;
  }

  /** When the present attempt is given up. */
  long deadline() {
    return deadline;
  }

  /** Gives up. */
  void close() {
    if (link != null) {
      link.close();
      link = null;
    }
  }
}

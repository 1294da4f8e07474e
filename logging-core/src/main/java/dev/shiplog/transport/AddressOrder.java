package dev.shiplog.transport;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The order in which a host's addresses are tried: as the resolver has them, but those that failed
 * come last, the one that failed longest ago first, so that a dead address does not cost every
 * connect its deadline. Used by one thread.
 */
final class AddressOrder {
  private static final int REMEMBERED = 64;

  private final Set<InetAddress> failed = new LinkedHashSet<>();

  /** What was found, in the order in which to try it. */
  List<InetAddress> of(InetAddress[] found) {
    List<InetAddress> known = List.of(found);
    List<InetAddress> order = new ArrayList<>(known);
    order.removeAll(failed);
    for (InetAddress address : failed) {
      if (known.contains(address)) {
        order.add(address);
      }
    }
    return order;
  }

  /** Puts an address behind all others. */
  void failed(InetAddress address) {
    failed.remove(address);
    if (failed.size() == REMEMBERED) {
      failed.remove(failed.iterator().next());
    }
    failed.add(address);
  }

  /** Puts an address back in its place. */
  void worked(InetAddress address) {
    failed.remove(address);
  }

  /** Forgets failures, so that addresses that have come back are found one day. */
  void forget() {
    failed.clear();
  }
}

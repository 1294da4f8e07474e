package dev.shiplog.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class AddressOrderTest {
  private final InetAddress a = address(1);
  private final InetAddress b = address(2);
  private final InetAddress c = address(3);
  private final InetAddress[] found = {a, b, c};
  private final AddressOrder order = new AddressOrder();

  private static InetAddress address(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last});
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void addresses_areTriedAsTheResolverHasThem() {
    assertThat(order.of(found)).containsExactly(a, b, c);
  }

  @Test
  void addressesThatFailed_comeLastAndTheOneThatFailedLongestAgoFirst() {
    order.failed(a);
    order.failed(b);
    assertThat(order.of(found)).containsExactly(c, a, b);
    order.failed(a);
    assertThat(order.of(found)).containsExactly(c, b, a);
    order.worked(b);
    assertThat(order.of(found)).containsExactly(b, c, a);
    order.forget();
    assertThat(order.of(found)).containsExactly(a, b, c);
  }

  @Test
  void addressesThatTheResolverNoLongerHas_areNotTried() {
    order.failed(a);
    assertThat(order.of(new InetAddress[] {b})).containsExactly(b);
  }

  @Test
  void memory_isBoundedHoweverManyAddressesFail() {
    for (int i = 0; i < 200; i++) {
      order.failed(address(i));
    }
    assertThat(order.of(found)).as("forgotten again").containsExactly(a, b, c);
  }
}

package dev.shiplog.spring.accesslog;

import dev.shiplog.spring.accesslog.AccessLogProperties.Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who a request comes from. What a header says about that is believed as far as it comes from a
 * trusted proxy: the last address before an unbroken row of trusted ones.
 */
final class ClientAddress {
  private static final Pattern FORWARDED_FOR =
      Pattern.compile("(?i)(?:^|[;,\\s])for=(\"[^\"]*\"|[^;,\\s]+)");

  /** Digits and separators alone: nothing that a resolver would be asked for. */
  private static final Pattern LITERAL =
      Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  private static final int IPV4_KEPT = 3;
  private static final int IPV6_KEPT = 6;

  private final Address told;
  private final List<Network> trusted = new ArrayList<>();

  /** A network in CIDR notation. */
  private static final class Network {
    private final byte[] address;
    private final int bits;

    Network(byte[] address, int bits) {
      this.address = address;
      this.bits = bits;
    }

    boolean contains(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit & 7);
        if ((address[bit >> 3] & mask) != (other[bit >> 3] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException if a proxy is no address or network
   */
  ClientAddress(Address told, List<String> trustedProxies) {
    this.told = told;
    trustedProxies.forEach(text -> trusted.add(network(text.strip())));
  }

  private static Network network(String text) {
    int slash = text.indexOf('/');
    byte[] address = bytes(slash < 0 ? text : text.substring(0, slash));
    if (address != null) {
      int most = address.length * 8;
      String bits = slash < 0 ? String.valueOf(most) : text.substring(slash + 1);
      if (bits.matches("\\d{1,3}") && Integer.parseInt(bits) <= most) {
        return new Network(address, Integer.parseInt(bits));
      }
    }
    throw new IllegalArgumentException(
        "shiplog.access-log.trusted-proxies: "
            + text
            + ", must be an address or a network such as 10.0.0.0/8");
  }

  /** The client's address as it may be told; null if it may not, or is not known. */
  @Nullable String of(@Nullable String remote, UnaryOperator<@Nullable String> header) {
    if (told == Address.NONE || remote == null) {
      return null;
    }
    String client = remote;
    List<String> chain = chain(header);
    for (int i = chain.size() - 1; i >= 0 && isTrusted(client); i--) {
      if (bytes(chain.get(i)) == null) {
        break; // "unknown", or made up: the last that is known tells
      }
      client = chain.get(i);
    }
    return told == Address.SHORTENED ? shortened(client) : client;
  }

  private boolean isTrusted(String address) {
    byte[] bytes = bytes(address);
    return bytes != null && trusted.stream().anyMatch(network -> network.contains(bytes));
  }

  /** The addresses that the headers name, from the client's to the last proxy's. */
  private List<String> chain(UnaryOperator<@Nullable String> header) {
    List<String> chain = new ArrayList<>();
    if (trusted.isEmpty()) {
      return chain;
    }
    String forwarded = header.apply("Forwarded");
    String forwardedFor = header.apply("X-Forwarded-For");
    if (forwarded != null) {
      Matcher matcher = FORWARDED_FOR.matcher(forwarded);
      while (matcher.find()) {
        chain.add(bare(matcher.group(1)));
      }
    } else if (forwardedFor != null) {
      for (String address : forwardedFor.split(",")) {
        chain.add(bare(address));
      }
    }
    return chain;
  }

  /** Without quotes, brackets and port. */
  private static String bare(String text) {
    String address = text.strip().replace("\"", "");
    if (address.startsWith("[")) {
      int end = address.indexOf(']');
      return end < 0 ? address : address.substring(1, end);
    }
    int colon = address.indexOf(':');
    return colon > 0 && colon == address.lastIndexOf(':') ? address.substring(0, colon) : address;
  }

  private static byte @Nullable [] bytes(String address) {
    int zone = address.indexOf('%');
    String literal = zone < 0 ? address : address.substring(0, zone);
    if (!LITERAL.matcher(literal).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(literal).getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static @Nullable String shortened(String address) {
    byte[] bytes = bytes(address);
    if (bytes == null) {
      return null;
    }
    for (int i = bytes.length == 4 ? IPV4_KEPT : IPV6_KEPT; i < bytes.length; i++) {
      bytes[i] = 0;
    }
    try {
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException e) {
      return null; // there are no addresses of another length
    }
  }
}

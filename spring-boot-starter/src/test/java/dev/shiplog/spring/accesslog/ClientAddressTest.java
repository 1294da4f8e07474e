package dev.shiplog.spring.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.spring.accesslog.AccessLogProperties.Address;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom the headers of proxies are believed about. */
final class ClientAddressTest {
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private @Nullable String client(Address told, String remote, String... trusted) {
    return new ClientAddress(told, List.of(trusted)).of(remote, headers::get);
  }

  private @Nullable String client(String remote, String... trusted) {
    return client(Address.FULL, remote, trusted);
  }

  @Test
  void header_isNotBelievedFromWhomeverConnects() {
    headers.put("X-Forwarded-For", "203.0.113.7");
    headers.put("Forwarded", "for=203.0.113.7");

    assertThat(client("198.51.100.1")).as("no proxy is trusted").isEqualTo("198.51.100.1");
    assertThat(client("198.51.100.1", "10.0.0.0/8")).isEqualTo("198.51.100.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "203.0.113.7                         | 203.0.113.7",
        "203.0.113.7:4711                    | 203.0.113.7",
        "[2001:db8::7]:4711                  | 2001:db8::7",
        "2001:db8::7                         | 2001:db8::7",
        "6.6.6.6, 203.0.113.7, 10.1.1.1      | 203.0.113.7",
        "unknown                             | 10.0.0.1",
        "unknown, 10.1.1.1                   | 10.1.1.1",
        "localhost, 10.1.1.1                 | 10.1.1.1",
        "203.0.113.7, evil.example, 10.1.1.1 | 10.1.1.1",
      })
  void forwardedFor_isReadFromTheLastProxyOn(String header, String client) {
    headers.put("X-Forwarded-For", header);

    assertThat(client("10.0.0.1", "10.0.0.0/8")).isEqualTo(client);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for=203.0.113.7;proto=https;by=10.0.0.1      | 203.0.113.7",
        "proto=https; For=203.0.113.7                 | 203.0.113.7",
        "for=\"203.0.113.7:4711\"                     | 203.0.113.7",
        "for=\"[2001:db8:cafe::17]:4711\"             | 2001:db8:cafe::17",
        "for=6.6.6.6, for=203.0.113.7, for=10.1.1.1   | 203.0.113.7",
        "for=unknown, for=10.1.1.1                    | 10.1.1.1",
        "for=_hidden                                  | 10.0.0.1",
        "proto=https                                  | 10.0.0.1",
      })
  void forwarded_isReadFromTheLastProxyOn(String header, String client) {
    headers.put("Forwarded", header);
    headers.put("X-Forwarded-For", "6.6.6.6");

    assertThat(client("10.0.0.1", "10.0.0.0/8")).isEqualTo(client);
  }

  @Test
  void trustedNetwork_mayBeOfIpv6() {
    headers.put("X-Forwarded-For", "2001:db8::7");

    assertThat(client("fd00::1", "fd00::/8")).isEqualTo("2001:db8::7");
    assertThat(client("fe00::1", "fd00::/8")).isEqualTo("fe00::1");
    assertThat(client("10.0.0.1", "fd00::/8")).isEqualTo("10.0.0.1");
  }

  @Test
  void address_isShortenedWhereItIsSetSo() {
    assertThat(client(Address.SHORTENED, "203.0.113.77")).isEqualTo("203.0.113.0");
    assertThat(client(Address.SHORTENED, "2001:db8:cafe:1:2:3:4:5"))
        .isEqualTo("2001:db8:cafe:0:0:0:0:0");
    assertThat(client(Address.SHORTENED, "a-host")).isNull();
    assertThat(client(Address.NONE, "203.0.113.77")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"proxy.example", "10.0.0.0/33", "10.0.0.0/x", "10.0.0", "''"})
  void wrongNetwork_isRefusedWithItsKey(String network) {
    assertThatThrownBy(() -> client("10.0.0.1", network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shiplog.access-log.trusted-proxies");
  }
}

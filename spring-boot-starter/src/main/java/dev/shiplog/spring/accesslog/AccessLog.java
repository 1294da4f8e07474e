package dev.shiplog.spring.accesslog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Tells each exchange as one event with the field names of ECS: {@code http.*}, {@code url.*},
 * {@code client.*}, {@code user_agent.*}, {@code event.*}. Safe for any thread.
 *
 * <p>Values of query parameters and headers are told where they were named, and nowhere else.
 */
final class AccessLog {
  /** The built-in tag rule of the forward appender knows this name. */
  static final String LOGGER = "access-log";

  /** Inside of what opens the trace, outside of everything that may refuse the request. */
  static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 2;

  private static final Pattern SESSION = Pattern.compile("(?i);jsessionid=[^;/]*");

  private final EventLog log = EventLog.named(LOGGER);
  private final List<PathPattern> excluded = new ArrayList<>();
  private final ClientAddress clientAddress;
  private final Set<String> queryParameters;
  private final List<String> requestHeaders;
  private final List<String> responseHeaders;

  AccessLog(AccessLogProperties properties) {
    properties
        .getExclude()
        .forEach(pattern -> excluded.add(PathPatternParser.defaultInstance.parse(pattern)));
    this.clientAddress =
        new ClientAddress(properties.getClientAddress(), properties.getTrustedProxies());
    this.queryParameters = new TreeSet<>(properties.getQueryParameters());
    this.requestHeaders = properties.getRequestHeaders();
    this.responseHeaders = properties.getResponseHeaders();
  }

  /** Whether a request of this path is told. */
  boolean tells(String path) {
    if (!log.isOn()) {
      return false;
    }
    if (excluded.isEmpty()) {
      return true;
    }
    PathContainer container = PathContainer.parsePath(path);
    return excluded.stream().noneMatch(pattern -> pattern.matches(container));
  }

  /** Does something with the MDC of the request's thread, where the trace's ids are, on another. */
  static void within(Map<String, String> context, Runnable something) {
    Map<String, String> before = MDC.getCopyOfContextMap();
    MDC.setContextMap(context);
    try {
      something.run();
    } finally {
      if (before == null) {
        MDC.clear();
      } else {
        MDC.setContextMap(before);
      }
    }
  }

  /** The MDC of this thread, for later. */
  static Map<String, String> context() {
    Map<String, String> context = MDC.getCopyOfContextMap();
    return context == null ? Map.of() : context;
  }

  /** Tells an exchange. */
  void tell(Exchange exchange) {
    String path = withoutSession(exchange.path());
    log.log(
        fields(exchange, path),
        "{} {} {} in {} ms",
        exchange.method(),
        path,
        exchange.status(),
        exchange.nanos() / 1_000_000);
  }

  private Map<String, Object> fields(Exchange exchange, String path) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("event.category", "web");
    fields.put("event.outcome", exchange.status() < 500 ? "success" : "failure");
    fields.put("event.duration", exchange.nanos());
    fields.put("http.request.method", exchange.method());
    fields.put("http.response.status_code", exchange.status());
    fields.put("url.path", path);
    put(fields, "http.version", version(exchange.protocol()));
    put(fields, "http.route", exchange.route());
    put(fields, "url.scheme", exchange.scheme());
    put(fields, "url.domain", exchange.host());
    put(fields, "url.query", namedParameters(exchange.query()));
    put(fields, "user_agent.original", exchange.requestHeader().apply("User-Agent"));
    put(fields, "client.address", clientAddress.of(exchange.remote(), exchange.requestHeader()));
    if (exchange.requestBytes() >= 0) {
      fields.put("http.request.body.bytes", exchange.requestBytes());
    }
    if (exchange.responseBytes() >= 0) {
      fields.put("http.response.body.bytes", exchange.responseBytes());
    }
    for (String name : requestHeaders) {
      put(fields, "http.request.headers." + lower(name), exchange.requestHeader().apply(name));
    }
    for (String name : responseHeaders) {
      put(fields, "http.response.headers." + lower(name), exchange.responseHeader().apply(name));
    }
    return fields;
  }

  /** A session's id in a path lets whoever reads it take the session over. */
  private static String withoutSession(String path) {
    return path.indexOf(';') < 0 ? path : SESSION.matcher(path).replaceAll("");
  }

  private static void put(Map<String, Object> fields, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      fields.put(name, value);
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static @Nullable String version(@Nullable String protocol) {
    return protocol != null && protocol.startsWith("HTTP/") ? protocol.substring(5) : null;
  }

  private @Nullable String namedParameters(@Nullable String query) {
    if (query == null || queryParameters.isEmpty()) {
      return null;
    }
    List<String> named = new ArrayList<>();
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      if (queryParameters.contains(equals < 0 ? pair : pair.substring(0, equals))) {
        named.add(pair);
      }
    }
    return String.join("&", named);
  }
}

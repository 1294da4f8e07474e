package dev.shiplog.spring.accesslog;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.reactivestreams.Publisher;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.util.context.ContextView;

/** Tells the exchanges of WebFlux, when the response is complete. */
final class ReactiveAccessLogFilter implements WebFilter, Ordered {
  private static final String ROUTE =
      "org.springframework.web.reactive.HandlerMapping.bestMatchingPattern";
  private static final int OK = 200;
  private static final int SERVER_ERROR = 500;

  /** What nginx says of a client that went away; HTTP has no number for it. */
  private static final int CLIENT_CLOSED = 499;

  private final Propagation propagation = Propagation.ofThisApplication();
  private final AccessLog accessLog;

  ReactiveAccessLogFilter(AccessLog accessLog) {
    this.accessLog = accessLog;
  }

  @Override
  public int getOrder() {
    return AccessLog.ORDER;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    ServerHttpRequest request = exchange.getRequest();
    if (!accessLog.tells(request.getPath().pathWithinApplication().value())) {
      return chain.filter(exchange);
    }
    return Mono.deferContextual(
        view -> {
          Telling telling = new Telling(exchange, view);
          return chain
              .filter(exchange.mutate().response(telling.response).build())
              .doOnError(error -> telling.failed())
              .doFinally(telling::ended);
        });
  }

  /** One exchange until it is told. */
  private final class Telling {
    final Counting response;
    private final ServerWebExchange exchange;
    private final ContextView view;
    private final Map<String, String> context = AccessLog.context();
    private final long start = System.nanoTime();

    Telling(ServerWebExchange exchange, ContextView view) {
      this.exchange = exchange;
      this.view = view;
      this.response = new Counting(exchange.getResponse());
    }

    void failed() {
      if (response.isCommitted()) {
        tell(Math.max(status(), SERVER_ERROR), response.written.sum());
      } else {
        // an error becomes an answer outside of the filters, and past our counting
        response.beforeCommit(
            () ->
                Mono.fromRunnable(() -> tell(status(), response.getHeaders().getContentLength())));
      }
    }

    void ended(SignalType signal) {
      if (signal != SignalType.ON_ERROR) {
        int status = signal == SignalType.CANCEL ? CLIENT_CLOSED : status();
        tell(status, response.written.sum());
      }
    }

    private int status() {
      HttpStatusCode set = response.getStatusCode();
      return set == null ? OK : set.value();
    }

    private void tell(int status, long bytes) {
      Exchange told = exchange(status, bytes);
      AccessLog.within(context, () -> propagation.within(view, () -> accessLog.tell(told)));
    }

    private Exchange exchange(int status, long bytes) {
      ServerHttpRequest request = exchange.getRequest();
      InetSocketAddress remote = request.getRemoteAddress();
      Object route = exchange.getAttribute(ROUTE);
      return new Exchange(
          request.getMethod().name(),
          null,
          request.getURI().getScheme(),
          request.getURI().getHost(),
          request.getPath().value(),
          request.getURI().getRawQuery(),
          route == null ? null : route.toString(),
          remote == null || remote.getAddress() == null
              ? null
              : remote.getAddress().getHostAddress(),
          request.getHeaders().getContentLength(),
          status,
          bytes,
          System.nanoTime() - start,
          request.getHeaders()::getFirst,
          response.getHeaders()::getFirst);
    }
  }

  /** Counts the bytes of the body. */
  private static final class Counting extends ServerHttpResponseDecorator {
    final LongAdder written = new LongAdder();

    Counting(ServerHttpResponse response) {
      super(response);
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
      return super.writeWith(Flux.from(body).doOnNext(this::count));
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
      return super.writeAndFlushWith(
          Flux.from(body).map(part -> Flux.from(part).doOnNext(this::count)));
    }

    private void count(DataBuffer buffer) {
      written.add(buffer.readableByteCount());
    }
  }
}

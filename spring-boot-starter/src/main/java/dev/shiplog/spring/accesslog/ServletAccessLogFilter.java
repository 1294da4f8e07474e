package dev.shiplog.spring.accesslog;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.core.Ordered;

/** Tells the exchanges of a servlet container, asynchronous ones when they are complete. */
final class ServletAccessLogFilter implements Filter, Ordered {
  private static final String ROUTE =
      "org.springframework.web.servlet.HandlerMapping.bestMatchingPattern";
  private static final int SERVER_ERROR = 500;

  private final AccessLog accessLog;

  ServletAccessLogFilter(AccessLog accessLog) {
    this.accessLog = accessLog;
  }

  @Override
  public int getOrder() {
    return AccessLog.ORDER;
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (request instanceof HttpServletRequest asked
        && response instanceof HttpServletResponse answer
        && accessLog.tells(pathWithinApplication(asked))) {
      tellAfter(asked, new CountingResponse(answer), chain);
    } else {
      chain.doFilter(request, response);
    }
  }

  /** All of the path where a container writes its context's otherwise than it came. */
  private static String pathWithinApplication(HttpServletRequest request) {
    String path = request.getRequestURI();
    String context = request.getContextPath();
    return path.startsWith(context) ? path.substring(context.length()) : path;
  }

  private void tellAfter(HttpServletRequest request, CountingResponse response, FilterChain chain)
      throws IOException, ServletException {
    long start = System.nanoTime();
    boolean failed = true;
    try {
      chain.doFilter(request, response);
      failed = false;
    } finally {
      if (request.isAsyncStarted()) {
        request
            .getAsyncContext()
            .addListener(new Completion(request, response, start, AccessLog.context()));
      } else {
        if (failed) {
          response.discard();
        }
        tell(request, response, start, failed);
      }
    }
  }

  private void tell(
      HttpServletRequest request, CountingResponse response, long start, boolean failed) {
    int status = response.getStatus();
    Object route = request.getAttribute(ROUTE);
    accessLog.tell(
        new Exchange(
            request.getMethod(),
            request.getProtocol(),
            request.getScheme(),
            request.getServerName(),
            request.getRequestURI(),
            request.getQueryString(),
            route == null ? null : route.toString(),
            request.getRemoteAddr(),
            request.getContentLengthLong(),
            // what is thrown becomes a status only when the container sees it
            failed && status < SERVER_ERROR ? SERVER_ERROR : status,
            response.bytes(),
            System.nanoTime() - start,
            request::getHeader,
            response::getHeader));
  }

  /** Waits for the end of an asynchronous request, which comes once, whatever else comes. */
  private final class Completion implements AsyncListener {
    private final HttpServletRequest request;
    private final CountingResponse response;
    private final long start;
    private final Map<String, String> context;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile boolean failed;

    Completion(
        HttpServletRequest request,
        CountingResponse response,
        long start,
        Map<String, String> context) {
      this.request = request;
      this.response = response;
      this.start = start;
      this.context = context;
    }

    @Override
    public void onComplete(AsyncEvent event) {
      if (told.compareAndSet(false, true)) {
        AccessLog.within(context, () -> tell(request, response, start, failed));
      }
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      // the status that the container or the application gives it comes with the completion
    }

    @Override
    public void onError(AsyncEvent event) {
      failed = true;
      response.discard();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      // a dispatch that starts anew forgets its listeners
      event.getAsyncContext().addListener(this);
    }
  }
}

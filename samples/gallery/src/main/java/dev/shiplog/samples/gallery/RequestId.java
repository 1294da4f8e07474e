package dev.shiplog.samples.gallery;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives all that is logged during a request its id. Outside of the access log, so that the page
 * view has it too.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RequestId extends OncePerRequestFilter {
  private static final String FIELD = "http.request.id";

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    MDC.put(FIELD, idOf(request.getHeader("X-Request-Id")));
    try {
      chain.doFilter(request, response);
    } finally {
      MDC.remove(FIELD);
    }
  }

  /** The proxy's id if there is one that is fit to be logged, else one of our own. */
  private static String idOf(@Nullable String given) {
    return given != null && given.matches("[A-Za-z0-9-]{1,64}")
        ? given
        : UUID.randomUUID().toString();
  }
}

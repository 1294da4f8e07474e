package dev.shiplog.spring.accesslog;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A request that was answered, as the servlet and the reactive stack both know it. Absent is what
 * is null, or negative.
 *
 * @param protocol such as {@code HTTP/1.1}
 * @param path without the query
 * @param query as it came, still encoded
 * @param route the template that the path matched, such as {@code /painters/{id}}
 * @param remote the address of whoever connected
 * @param requestBytes the length that the request announced
 * @param responseBytes written in the body
 * @param nanos from the request's arrival to the answer's end
 * @param requestHeader looks up a header
 * @param responseHeader looks up a header
 */
record Exchange(
    String method,
    @Nullable String protocol,
    @Nullable String scheme,
    @Nullable String host,
    String path,
    @Nullable String query,
    @Nullable String route,
    @Nullable String remote,
    long requestBytes,
    int status,
    long responseBytes,
    long nanos,
    UnaryOperator<@Nullable String> requestHeader,
    UnaryOperator<@Nullable String> responseHeader) {}

package dev.shiplog.schema.encoder;

/**
 * What becomes of the MDC.
 *
 * @param names the names of its entries
 * @param trace what of the trace is not among them
 */
record ContextFields(UserFieldNames names, TraceFields trace) {}

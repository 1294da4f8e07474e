package dev.shiplog;

/**
 * Something that is known of the container or the service.
 *
 * @param value a String, a Long or a List of Strings
 * @param source who told it
 */
public record DetectedFact(Object value, String source) {}

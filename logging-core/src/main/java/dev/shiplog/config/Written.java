package dev.shiplog.config;

/**
 * A value as somebody wrote it.
 *
 * @param place how a message says where it came from
 * @param file whether that is a file, which whoever starts the process does not write
 */
record Written(String text, String place, boolean file) {}

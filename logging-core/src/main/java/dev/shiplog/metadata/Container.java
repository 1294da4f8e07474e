package dev.shiplog.metadata;

/**
 * A container that a mount belongs to.
 *
 * @param id its full id
 * @param runtime what runs it
 */
record Container(String id, String runtime) {}

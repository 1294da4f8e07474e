/**
 * A forward endpoint for tests: start it, point the application's appender at it, wait for what
 * arrives.
 *
 * <p>Frames are judged by msgpack-java and nothing here knows shiplog's own encoder or client, so
 * what this package says of them is a second opinion.
 */
@NullMarked
package dev.shiplog.testkit;

import org.jspecify.annotations.NullMarked;

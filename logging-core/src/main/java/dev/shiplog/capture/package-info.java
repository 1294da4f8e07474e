/** What a JVM says besides its logging, as events: its streams, uncaught exceptions, JUL. */
@NullMarked
package dev.shiplog.capture;

import org.jspecify.annotations.NullMarked;

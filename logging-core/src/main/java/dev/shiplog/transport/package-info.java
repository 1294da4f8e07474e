/** One chunk goes out, one sealed result comes back: the built-in forward client. */
@NullMarked
package dev.shiplog.transport;

import org.jspecify.annotations.NullMarked;

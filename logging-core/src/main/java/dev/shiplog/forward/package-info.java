/** Chunks, shipper, back-off: everything between a sink's entry and a transport's result. */
@NullMarked
package dev.shiplog.forward;

import org.jspecify.annotations.NullMarked;

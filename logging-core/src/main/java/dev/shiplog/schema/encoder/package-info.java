/** Turns what a schema declares into an encoder, and events into records within their budget. */
@NullMarked
package dev.shiplog.schema.encoder;

import org.jspecify.annotations.NullMarked;

/** The other implementation of the forward transport: Fluency's senders, kept to our deadlines. */
@NullMarked
package dev.shiplog.fluency;

import org.jspecify.annotations.NullMarked;

/** The appenders and the encoder that a {@code logback.xml} names. */
@NullMarked
package dev.shiplog.logback;

import org.jspecify.annotations.NullMarked;

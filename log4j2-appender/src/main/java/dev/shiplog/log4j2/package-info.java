/** The plugins that a {@code log4j2.xml} names. */
@NullMarked
package dev.shiplog.log4j2;

import org.jspecify.annotations.NullMarked;

/** The least that an application on Log4j 2 needs. */
@NullMarked
package dev.shiplog.samples.plainlog4j2;

import org.jspecify.annotations.NullMarked;

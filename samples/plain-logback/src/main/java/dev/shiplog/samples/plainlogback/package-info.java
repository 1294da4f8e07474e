/** The least that an application on Logback needs. */
@NullMarked
package dev.shiplog.samples.plainlogback;

import org.jspecify.annotations.NullMarked;

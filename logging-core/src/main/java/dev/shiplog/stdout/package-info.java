/** The stdout sink. */
@NullMarked
package dev.shiplog.stdout;

import org.jspecify.annotations.NullMarked;

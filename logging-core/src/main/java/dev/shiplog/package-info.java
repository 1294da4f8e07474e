/** Assembles: configuration to pipeline. The only package that knows all the others. */
@NullMarked
package dev.shiplog;

import org.jspecify.annotations.NullMarked;

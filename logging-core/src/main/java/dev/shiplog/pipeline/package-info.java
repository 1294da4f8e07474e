/** Event to encoder to sink. */
@NullMarked
package dev.shiplog.pipeline;

import org.jspecify.annotations.NullMarked;

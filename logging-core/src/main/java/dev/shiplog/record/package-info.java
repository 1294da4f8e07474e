/** One push model for records, and its two encoders. */
@NullMarked
package dev.shiplog.record;

import org.jspecify.annotations.NullMarked;

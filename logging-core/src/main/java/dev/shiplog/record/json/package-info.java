/** Records as JSON lines. */
@NullMarked
package dev.shiplog.record.json;

import org.jspecify.annotations.NullMarked;

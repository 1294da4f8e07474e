/** Work that is stepped: a worker does a little and says how much; a thread of its own runs it. */
@NullMarked
package dev.shiplog.worker;

import org.jspecify.annotations.NullMarked;

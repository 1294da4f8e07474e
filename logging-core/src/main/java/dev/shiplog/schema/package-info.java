/** Which fields an event has, by name; knows no bytes. */
@NullMarked
package dev.shiplog.schema;

import org.jspecify.annotations.NullMarked;

/**
 * Objects of classes unknown to shiplog, taken apart by Jackson 2 or 3. Nothing outside this
 * package names a class of Jackson.
 */
@NullMarked
package dev.shiplog.record.jackson;

import org.jspecify.annotations.NullMarked;

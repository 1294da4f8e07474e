/** The key table, where settings come from, and what is wrong with them, all at once. */
@NullMarked
package dev.shiplog.config;

import org.jspecify.annotations.NullMarked;

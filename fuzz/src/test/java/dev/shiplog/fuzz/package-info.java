/** Fuzz tests: one a class, since Jazzer fuzzes one in a JVM. */
@NullMarked
package dev.shiplog.fuzz;

import org.jspecify.annotations.NullMarked;

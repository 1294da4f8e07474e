/**
 * Endpoints that misbehave, and one that only counts: shiplog's own tests and benchmarks use them.
 * Not exported to anybody else.
 */
@NullMarked
package dev.shiplog.testkit.faults;

import org.jspecify.annotations.NullMarked;

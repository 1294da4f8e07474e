/** Endpoints that others wrote, as child processes: the judges of the conformance tests. */
@NullMarked
package dev.shiplog.testkit.foreign;

import org.jspecify.annotations.NullMarked;

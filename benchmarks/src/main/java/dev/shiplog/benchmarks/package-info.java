/** Measures what docs/ and README.md claim, with the peers in the same run. Not published. */
@NullMarked
package dev.shiplog.benchmarks;

import org.jspecify.annotations.NullMarked;

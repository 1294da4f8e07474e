/** Opens what is package-private in the adapter to the benchmarks. */
@NullMarked
package dev.shiplog.logback;

import org.jspecify.annotations.NullMarked;

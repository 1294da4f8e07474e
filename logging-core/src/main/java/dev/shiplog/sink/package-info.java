/** Where encoded events go: bytes cross this wall, nothing is retained. */
@NullMarked
package dev.shiplog.sink;

import org.jspecify.annotations.NullMarked;

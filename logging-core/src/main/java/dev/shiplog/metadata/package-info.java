/** What the container is, as far as it can be known from inside. */
@NullMarked
package dev.shiplog.metadata;

import org.jspecify.annotations.NullMarked;

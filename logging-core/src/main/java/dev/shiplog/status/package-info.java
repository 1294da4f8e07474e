/** What the operator is told: problems, rate-limited, and meters. */
@NullMarked
package dev.shiplog.status;

import org.jspecify.annotations.NullMarked;

/** An art gallery on the web, and what it logs: shiplog's sample application. */
@NullMarked
package dev.shiplog.samples.gallery;

import org.jspecify.annotations.NullMarked;

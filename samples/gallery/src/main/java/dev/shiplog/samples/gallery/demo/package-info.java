/** What {@code ./demo} runs: visitors for the gallery, and a look at what was logged. */
@NullMarked
package dev.shiplog.samples.gallery.demo;

import org.jspecify.annotations.NullMarked;

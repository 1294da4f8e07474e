/** One structured event for each request. */
@NullMarked
package dev.shiplog.spring.accesslog;

import org.jspecify.annotations.NullMarked;

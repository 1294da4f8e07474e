/** What a logging framework's event looks like from here: a read-only view, never kept. */
@NullMarked
package dev.shiplog.event;

import org.jspecify.annotations.NullMarked;

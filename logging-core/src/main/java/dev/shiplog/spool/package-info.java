/** Bytes on disk: append, read, settle, release, recover; knows no fluentd. */
@NullMarked
package dev.shiplog.spool;

import org.jspecify.annotations.NullMarked;

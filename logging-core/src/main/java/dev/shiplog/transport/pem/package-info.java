/** PEM files as operators have them, read with what the JDK has. */
@NullMarked
package dev.shiplog.transport.pem;

import org.jspecify.annotations.NullMarked;

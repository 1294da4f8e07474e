@NullMarked
package dev.shiplog.spring.accesslog;

import org.jspecify.annotations.NullMarked;

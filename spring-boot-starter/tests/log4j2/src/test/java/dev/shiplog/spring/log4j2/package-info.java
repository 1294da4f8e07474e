@NullMarked
package dev.shiplog.spring.log4j2;

import org.jspecify.annotations.NullMarked;

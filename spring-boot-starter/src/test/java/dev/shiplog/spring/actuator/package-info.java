@NullMarked
package dev.shiplog.spring.actuator;

import org.jspecify.annotations.NullMarked;

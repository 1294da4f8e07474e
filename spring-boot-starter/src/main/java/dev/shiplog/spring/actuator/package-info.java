/** Health, meters and the actuator's page. */
@NullMarked
package dev.shiplog.spring.actuator;

import org.jspecify.annotations.NullMarked;

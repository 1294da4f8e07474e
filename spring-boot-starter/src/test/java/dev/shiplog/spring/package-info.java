@NullMarked
package dev.shiplog.spring;

import org.jspecify.annotations.NullMarked;

/** shiplog for Spring Boot: the appenders, configured by Spring's environment. */
@NullMarked
package dev.shiplog.spring;

import org.jspecify.annotations.NullMarked;

package dev.shiplog.log4j2;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apache.logging.log4j.core.config.plugins.PluginVisitorStrategy;

/**
 * Has Log4j pass all that stands in a plugin's element, rather than an attribute at a time: what is
 * a key and what is not, only the key table knows.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@PluginVisitorStrategy(ElementVisitor.class)
@interface WholeElement {}

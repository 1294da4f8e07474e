package dev.shiplog.spring.accesslog;

import jakarta.servlet.Filter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.web.util.pattern.PathPattern;

/** The access log of a servlet container. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({Filter.class, PathPattern.class})
@ConditionalOnProperty("shiplog.access-log.enabled")
@EnableConfigurationProperties(AccessLogProperties.class)
public class ServletAccessLogAutoConfiguration {
  /** For Spring. */
  public ServletAccessLogAutoConfiguration() {}

  @Bean
  Filter shiplogAccessLogFilter(AccessLogProperties properties) {
    return new ServletAccessLogFilter(new AccessLog(properties));
  }
}

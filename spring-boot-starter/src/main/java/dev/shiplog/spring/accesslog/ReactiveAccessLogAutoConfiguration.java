package dev.shiplog.spring.accesslog;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.web.server.WebFilter;

/** The access log of WebFlux. */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass(WebFilter.class)
@ConditionalOnProperty("shiplog.access-log.enabled")
@EnableConfigurationProperties(AccessLogProperties.class)
public class ReactiveAccessLogAutoConfiguration {
  /** For Spring. */
  public ReactiveAccessLogAutoConfiguration() {}

  @Bean
  WebFilter shiplogAccessLogFilter(AccessLogProperties properties) {
    return new ReactiveAccessLogFilter(new AccessLog(properties));
  }
}

package dev.shiplog.spring.actuator;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health of forwarding, with the types of Spring Boot 4, which are none of Boot 3's. */
@AutoConfiguration
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("shiplog")
@EnableConfigurationProperties(HealthProperties.class)
public class Boot4HealthAutoConfiguration {
  /** For Spring. */
  public Boot4HealthAutoConfiguration() {}

  @Bean
  HealthIndicator shiplogHealthIndicator(HealthProperties limits) {
    ForwardHealth health = new ForwardHealth(limits);
    return () -> {
      ForwardHealth.Finding finding = health.look();
      Health.Builder builder = finding.inService() ? Health.up() : Health.outOfService();
      return builder.withDetails(finding.details()).build();
    };
  }
}

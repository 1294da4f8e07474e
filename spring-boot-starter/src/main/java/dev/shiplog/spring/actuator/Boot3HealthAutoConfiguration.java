package dev.shiplog.spring.actuator;

import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * The health of forwarding, with the types of Spring Boot 3. What these have in common with those
 * of Boot 4 are their simple names: nothing of the body can be shared.
 */
@AutoConfiguration
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("shiplog")
@EnableConfigurationProperties(HealthProperties.class)
public class Boot3HealthAutoConfiguration {
  /** For Spring. */
  public Boot3HealthAutoConfiguration() {}

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

package dev.shiplog.spring.actuator;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** The actuator's page. */
@AutoConfiguration
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(endpoint = ShiplogEndpoint.class)
public class EndpointAutoConfiguration {
  /** For Spring. */
  public EndpointAutoConfiguration() {}

  @Bean
  ShiplogEndpoint shiplogEndpoint() {
    return new ShiplogEndpoint();
  }
}

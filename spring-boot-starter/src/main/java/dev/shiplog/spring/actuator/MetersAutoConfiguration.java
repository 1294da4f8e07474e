package dev.shiplog.spring.actuator;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Our meters in Micrometer's registries. */
@AutoConfiguration
@ConditionalOnClass(MeterRegistry.class)
public class MetersAutoConfiguration {
  /** For Spring. */
  public MetersAutoConfiguration() {}

  @Bean
  @ConditionalOnMissingBean(name = "shiplogMeters")
  MeterBinder shiplogMeters() {
    return new PipelineMeters();
  }
}

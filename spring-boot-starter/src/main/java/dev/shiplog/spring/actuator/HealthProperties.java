package dev.shiplog.spring.actuator;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The keys {@code shiplog.health.*}; a bean, as Spring binds it. */
@ConfigurationProperties("shiplog.health")
public class HealthProperties {
  /** For how long an endpoint may be unreachable before it can count. */
  private Duration unreachableFor = Duration.ofMinutes(5);

  /** How full the buffer or the spool must be besides, from 0 to 1. */
  private double bufferShare = 0.8;

  /**
   * Whether the health is then OUT_OF_SERVICE. It takes the application out where a probe asks for
   * all of its health; so it is UP, with what is wrong in the details, unless this is set.
   */
  private boolean outOfService;

  /** For Spring. */
  public HealthProperties() {}

  public Duration getUnreachableFor() {
    return unreachableFor;
  }

  public void setUnreachableFor(Duration unreachableFor) {
    this.unreachableFor = unreachableFor;
  }

  public double getBufferShare() {
    return bufferShare;
  }

  public void setBufferShare(double bufferShare) {
    this.bufferShare = bufferShare;
  }

  public boolean isOutOfService() {
    return outOfService;
  }

  public void setOutOfService(boolean outOfService) {
    this.outOfService = outOfService;
  }
}

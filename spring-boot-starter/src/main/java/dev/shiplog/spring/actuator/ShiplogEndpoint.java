package dev.shiplog.spring.actuator;

import dev.shiplog.DetectedFact;
import dev.shiplog.PipelineReport;
import dev.shiplog.Shiplog;
import java.util.List;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code /actuator/shiplog}: settings with their sources, what was detected, and meters. */
@Endpoint(id = "shiplog")
public final class ShiplogEndpoint {
  /** Made by the auto-configuration. */
  ShiplogEndpoint() {}

  /**
   * What the page shows.
   *
   * @param detected by OpenTelemetry's names
   */
  public record Page(List<PipelineReport> pipelines, Map<String, DetectedFact> detected) {}

  /** The page at this moment. */
  @ReadOperation
  public Page page() {
    return new Page(Shiplog.pipelines(), Shiplog.detected());
  }
}

package dev.shiplog.metadata;

/** Whose names the facts are given under. */
public enum Names {
  /** The OpenTelemetry semantic conventions: every fact. */
  OTEL,
  /** The Elastic Common Schema: those facts it has a field for. */
  ECS,
  /** What Docker's fluentd log driver sends: container id and name. */
  DOCKER,
  /** What fluentd's kubernetes_metadata filter adds. */
  KUBERNETES
}

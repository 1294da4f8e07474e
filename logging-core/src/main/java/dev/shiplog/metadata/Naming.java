package dev.shiplog.metadata;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The facts under the names of others. Where two facts share a name, the first in a table has it.
 *
 * <p>The service has names of its own in ECS alone; under Docker's and Kubernetes' names it keeps
 * those of OpenTelemetry, since a record without its service would be of no use.
 */
final class Naming {
  private static final String POD_LABEL = "k8s.pod.label.";
  private static final String LABEL = "container.label.";
  private static final String ECS_LABEL = "container.labels.";

  private static final String[][] SERVICE = {
    {"service.name", "service.name"},
    {"service.namespace", "service.namespace"},
    {"service.version", "service.version"},
    {"service.instance.id", "service.instance.id"},
    {"deployment.environment.name", "deployment.environment.name"},
  };

  private static final String[][] ECS = {
    {"service.name", "service.name"},
    {"service.version", "service.version"},
    {"deployment.environment.name", "service.environment"},
    {"deployment.environment", "service.environment"}, // the convention's name until 2024
    {"service.instance.id", "service.node.name"},
    {"container.id", "container.id"},
    {"container.name", "container.name"},
    {"k8s.container.name", "container.name"},
    {"container.runtime", "container.runtime"},
    {"container.image.name", "container.image.name"},
    {"container.image.tags", "container.image.tag"},
    {"k8s.namespace.name", "orchestrator.namespace"},
    {"k8s.pod.name", "orchestrator.resource.name"},
    {"k8s.pod.uid", "orchestrator.resource.id"},
    {"k8s.pod.ip", "orchestrator.resource.ip"},
    {"aws.ecs.task.id", "orchestrator.resource.id"},
    {"k8s.cluster.name", "orchestrator.cluster.name"},
    {"k8s.node.name", "host.name"},
    {"host.name", "host.name"},
    {"cloud.provider", "cloud.provider"},
    {"cloud.region", "cloud.region"},
    {"cloud.availability_zone", "cloud.availability_zone"},
    {"cloud.account.id", "cloud.account.id"},
    {"faas.name", "faas.name"},
    {"faas.version", "faas.version"},
  };

  private static final String[][] KUBERNETES = {
    {"container.id", "docker.container_id"},
    {"k8s.container.name", "kubernetes.container_name"},
    {"container.name", "kubernetes.container_name"},
    {"k8s.pod.name", "kubernetes.pod_name"},
    {"k8s.pod.uid", "kubernetes.pod_id"},
    {"k8s.pod.ip", "kubernetes.pod_ip"},
    {"k8s.namespace.name", "kubernetes.namespace_name"},
    {"k8s.node.name", "kubernetes.host"},
  };

  private final Map<String, Fact> facts;
  private final Map<String, Fact> named = new LinkedHashMap<>();

  private Naming(Map<String, Fact> facts) {
    this.facts = facts;
  }

  static Map<String, Fact> of(Map<String, Fact> facts, Names names, Level level) {
    Naming naming = new Naming(facts);
    switch (names) {
      case OTEL -> naming.named.putAll(facts);
      case ECS -> naming.nameEcs();
      case DOCKER -> naming.nameDocker();
      case KUBERNETES -> naming.nameKubernetes();
    }
    switch (level) {
      case NONE -> naming.named.clear();
      case MINIMAL -> naming.named.keySet().removeIf(name -> !isMinimal(name));
      case FULL -> {}
    }
    return naming.named;
  }

  /** Every name that the tables give, and those that are made beside them. */
  static Set<String> possible(Names names) {
    Set<String> all = new LinkedHashSet<>();
    all.add(stream(names));
    switch (names) {
      case OTEL -> {
        all.addAll(Findings.KNOWN);
        all.addAll(Platform.names());
      }
      case ECS -> {
        addTargets(ECS, all);
        Collections.addAll(
            all, "orchestrator.type", "orchestrator.resource.type", "orchestrator.resource.label");
      }
      case DOCKER -> {
        addTargets(SERVICE, all);
        Collections.addAll(all, "container_id", "container_name");
      }
      case KUBERNETES -> {
        addTargets(SERVICE, all);
        addTargets(KUBERNETES, all);
        Collections.addAll(all, "kubernetes.container_image", "kubernetes.labels");
      }
    }
    return all;
  }

  /** What the stream is called that a record leaves by. */
  static String stream(Names names) {
    return switch (names) {
      case OTEL, ECS -> "log.iostream";
      case DOCKER -> "source";
      case KUBERNETES -> "stream";
    };
  }

  private static void addTargets(String[][] table, Set<String> to) {
    for (String[] names : table) {
      to.add(names[1]);
    }
  }

  /** What all names begin with that come from labels. */
  static List<String> prefixes(Names names) {
    return switch (names) {
      case OTEL -> List.of(POD_LABEL, LABEL);
      case ECS -> List.of(ECS_LABEL);
      case DOCKER, KUBERNETES -> List.of();
    };
  }

  private static boolean isMinimal(String name) {
    return switch (name) {
      case "container.id",
          "container_id",
          "docker.container_id",
          "host.name",
          "kubernetes.host",
          "deployment.environment",
          "deployment.environment.name" ->
          true;
      default -> name.startsWith("service.");
    };
  }

  private void nameEcs() {
    rename(ECS);
    Fact pod = first("k8s.pod.name", "k8s.pod.uid", "k8s.pod.ip");
    Fact task = facts.get("aws.ecs.task.id");
    Fact cluster = facts.get("aws.ecs.cluster.arn");
    if (pod != null) {
      named.put("orchestrator.type", pod.as("kubernetes"));
      named.put("orchestrator.resource.type", pod.as("pod"));
    } else if (task != null) {
      named.put("orchestrator.type", task.as("ecs"));
    }
    if (cluster != null && cluster.value() instanceof String arn) {
      named.putIfAbsent(
          "orchestrator.cluster.name", cluster.as(arn.substring(arn.lastIndexOf('/') + 1)));
    }
    Fact labels = below(POD_LABEL);
    if (labels != null && labels.value() instanceof Map<?, ?> pairs) {
      List<String> list = new ArrayList<>();
      pairs.forEach((name, value) -> list.add(name + ":" + value));
      named.put("orchestrator.resource.label", labels.as(List.copyOf(list)));
    }
    Fact told = below(LABEL); // by somebody; they cannot be seen from inside
    if (told != null && told.value() instanceof Map<?, ?> pairs) {
      pairs.forEach((name, value) -> named.put(ECS_LABEL + name, told.as(value)));
    }
  }

  private void nameKubernetes() {
    rename(SERVICE);
    rename(KUBERNETES);
    Fact image = facts.get("container.image.name");
    if (image != null) {
      Fact tags = facts.get("container.image.tags");
      String reference = image.value().toString();
      if (tags != null && tags.value() instanceof List<?> list && !list.isEmpty()) {
        reference = reference + ":" + list.get(0);
      }
      named.put("kubernetes.container_image", image.as(reference));
    }
    Fact labels = below(POD_LABEL);
    if (labels != null) {
      named.put("kubernetes.labels", labels);
    }
  }

  /** The facts whose names begin so, as a map by the rest of their names; null if none does. */
  private @Nullable Fact below(String prefix) {
    Map<String, String> values = new LinkedHashMap<>();
    Fact any = null;
    for (Map.Entry<String, Fact> fact : facts.entrySet()) {
      if (fact.getKey().startsWith(prefix)) {
        values.put(fact.getKey().substring(prefix.length()), fact.getValue().value().toString());
        any = fact.getValue();
      }
    }
    return any == null ? null : any.as(Collections.unmodifiableMap(values));
  }

  private void nameDocker() {
    rename(SERVICE);
    rename(new String[][] {{"container.id", "container_id"}});
    Fact name = facts.get("container.name");
    if (name != null) {
      named.put("container_name", name.as("/" + name.value()));
    }
  }

  private void rename(String[][] table) {
    for (String[] names : table) {
      Fact fact = facts.get(names[0]);
      if (fact != null) {
        named.putIfAbsent(names[1], fact);
      }
    }
  }

  private @Nullable Fact first(String... names) {
    for (String name : names) {
      Fact fact = facts.get(name);
      if (fact != null) {
        return fact;
      }
    }
    return null;
  }
}

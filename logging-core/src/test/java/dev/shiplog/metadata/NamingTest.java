package dev.shiplog.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table of docs/reference/metadata.md, column by column. */
class NamingTest {
  private static final String POD =
      "service.name=shop,service.version=2.7,service.instance.id=i-1,"
          + "deployment.environment.name=prod,container.id=abc,container.runtime=containerd,"
          + "container.image.name=acme/shop,k8s.pod.name=shop-0,k8s.pod.uid=u-1,k8s.pod.ip=10.1.2.3,"
          + "k8s.namespace.name=web,k8s.node.name=node-1,k8s.container.name=api,host.name=shop-0,"
          + "k8s.cluster.name=c-1,k8s.pod.label.app=shop,k8s.pod.label.tier=front,"
          + "cloud.region=eu-1,container.label.team=checkout,team=checkout";

  private static final String TASK =
      "container.id=abc,container.name=ecs-shop-1,aws.ecs.task.id=t-1,"
          + "aws.ecs.cluster.arn=arn:aws:ecs:eu-1:1:cluster/prod,host.name=ip-10";

  @Test
  void otel_isEveryFactUnderItsOwnName() {
    Metadata metadata = metadata(POD);

    assertThat(metadata.named(Names.OTEL, Level.FULL)).isEqualTo(metadata.facts());
  }

  @Test
  void ecs_hasThePodAsItsResource() {
    assertThat(metadata(POD).named(Names.ECS, Level.FULL))
        .containsOnly(
            Map.entry("service.name", "shop"),
            Map.entry("service.version", "2.7"),
            Map.entry("service.environment", "prod"),
            Map.entry("service.node.name", "i-1"),
            Map.entry("container.id", "abc"),
            Map.entry("container.name", "api"),
            Map.entry("container.runtime", "containerd"),
            Map.entry("container.image.name", "acme/shop"),
            Map.entry("container.labels.team", "checkout"),
            Map.entry("orchestrator.type", "kubernetes"),
            Map.entry("orchestrator.namespace", "web"),
            Map.entry("orchestrator.resource.type", "pod"),
            Map.entry("orchestrator.resource.name", "shop-0"),
            Map.entry("orchestrator.resource.id", "u-1"),
            Map.entry("orchestrator.resource.ip", "10.1.2.3"),
            Map.entry("orchestrator.resource.label", List.of("app:shop", "tier:front")),
            Map.entry("orchestrator.cluster.name", "c-1"),
            Map.entry("host.name", "node-1"),
            Map.entry("cloud.region", "eu-1"));
  }

  @Test
  void ecs_hasTheTaskAsItsResource() {
    assertThat(metadata(TASK).named(Names.ECS, Level.FULL))
        .containsOnly(
            Map.entry("container.id", "abc"),
            Map.entry("container.name", "ecs-shop-1"),
            Map.entry("orchestrator.type", "ecs"),
            Map.entry("orchestrator.resource.id", "t-1"),
            Map.entry("orchestrator.cluster.name", "prod"),
            Map.entry("host.name", "ip-10"));
  }

  @Test
  void kubernetes_hasTheNamesOfTheFluentdFilter() {
    assertThat(metadata(POD).named(Names.KUBERNETES, Level.FULL))
        .containsOnly(
            Map.entry("service.name", "shop"),
            Map.entry("service.version", "2.7"),
            Map.entry("service.instance.id", "i-1"),
            Map.entry("deployment.environment.name", "prod"),
            Map.entry("docker.container_id", "abc"),
            Map.entry("kubernetes.container_name", "api"),
            Map.entry("kubernetes.container_image", "acme/shop"),
            Map.entry("kubernetes.pod_name", "shop-0"),
            Map.entry("kubernetes.pod_id", "u-1"),
            Map.entry("kubernetes.pod_ip", "10.1.2.3"),
            Map.entry("kubernetes.namespace_name", "web"),
            Map.entry("kubernetes.host", "node-1"),
            Map.entry("kubernetes.labels", Map.of("app", "shop", "tier", "front")));
  }

  @Test
  void docker_hasTheNamesOfTheLogDriver() {
    assertThat(metadata(TASK).named(Names.DOCKER, Level.FULL))
        .containsOnly(Map.entry("container_id", "abc"), Map.entry("container_name", "/ecs-shop-1"));
  }

  @Test
  void minimal_isServiceContainerIdAndHost() {
    assertThat(metadata(POD).named(Names.ECS, Level.MINIMAL))
        .containsOnlyKeys(
            "service.name",
            "service.version",
            "service.environment",
            "service.node.name",
            "container.id",
            "host.name");
    assertThat(metadata(POD).named(Names.OTEL, Level.MINIMAL))
        .containsOnlyKeys(
            "service.name",
            "service.version",
            "service.instance.id",
            "deployment.environment.name",
            "container.id",
            "host.name");
  }

  @Test
  void none_isNothing() {
    assertThat(metadata(POD).named(Names.OTEL, Level.NONE)).isEmpty();
  }

  @Test
  void sources_haveTheSameNamesAsTheFacts() {
    for (Names names : Names.values()) {
      assertThat(metadata(POD).sources(names, Level.FULL).keySet())
          .isEqualTo(metadata(POD).named(names, Level.FULL).keySet());
    }
  }

  @Test
  void image_isNamedWithItsTag() {
    Findings findings = new Findings();
    Image.find("acme/shop:2.7", "test", findings);
    Metadata metadata = new Metadata(findings.inOrder(), true);

    assertThat(metadata.named(Names.KUBERNETES, Level.FULL))
        .containsOnly(Map.entry("kubernetes.container_image", "acme/shop:2.7"));
    assertThat(metadata.named(Names.ECS, Level.FULL))
        .containsEntry("container.image.tag", List.of("2.7"));
  }

  private static Metadata metadata(String attributes) {
    return Metadata.detect(
        new Machine(Path.of("no", "such"), Map.of("OTEL_RESOURCE_ATTRIBUTES", attributes)));
  }
}

package dev.shiplog.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Precedence and limits, where the shared fixtures have no case. */
class MetadataTest {
  private static final String ID = "0a".repeat(32);

  @TempDir Path root;
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void serviceName_isThatOfTheHighestSource() throws IOException {
    environment.put("HEROKU_APP_ID", "1");
    environment.put("HEROKU_APP_NAME", "platform");
    assertThat(serviceName()).isEqualTo("platform");

    file("etc/podinfo/annotations", "resource.opentelemetry.io/service.name=\"annotation\"");
    assertThat(serviceName()).isEqualTo("annotation");

    environment.put("OTEL_RESOURCE_ATTRIBUTES", "service.name=attribute");
    assertThat(serviceName()).isEqualTo("attribute");

    environment.put("OTEL_SERVICE_NAME", "name");
    assertThat(serviceName()).isEqualTo("name");

    Metadata configured =
        detect().with(Map.of("service.name", "configured"), Map.of("service.name", "spring"));
    assertThat(configured.text("service.name")).contains("configured");
    assertThat(configured.sources()).containsEntry("service.name", "configuration");
  }

  @Test
  void serviceName_isTheApplicationsWhenNobodyElseTells() {
    Metadata found =
        detect()
            .with(
                Map.of("service.environment", "prod", "service.instance", "i-1"),
                Map.of("service.name", "spring", "service.version", "1.2"));

    assertThat(found.facts())
        .containsExactly(
            Map.entry("service.name", "spring"),
            Map.entry("service.version", "1.2"),
            Map.entry("service.instance.id", "i-1"),
            Map.entry("deployment.environment.name", "prod"));
    assertThat(found.sources()).containsEntry("service.version", "application");
  }

  @Test
  void genericNames_countOnlyInAPod() {
    environment.put("POD_NAME", "shop-0");
    environment.put("NODE_NAME", "jenkins-agent");
    assertThat(detect().facts()).isEmpty();

    environment.put("KUBERNETES_SERVICE_HOST", "10.0.0.1");
    assertThat(detect().facts()).isEmpty();

    environment.put("KUBERNETES_SERVICE_PORT", "443");
    assertThat(detect().facts())
        .containsOnly(
            Map.entry("k8s.pod.name", "shop-0"), Map.entry("k8s.node.name", "jenkins-agent"));
  }

  @Test
  void prefixedNames_countByThemselvesAndBeatGenericOnes() throws IOException {
    file("var/run/secrets/kubernetes.io/serviceaccount/namespace", "from-file");
    environment.put("POD_NAME", "generic");
    environment.put("POD_IP", "10.1.2.3");
    environment.put("K8S_POD_NAME", "shop-0");
    environment.put("KUBERNETES_POD_NAMESPACE", "shop");
    environment.put("KUBERNETES_POD_UID", "u-1");
    environment.put("K8S_NODE_NAME", "node-1");
    environment.put("K8S_CONTAINER_NAME", "api");

    Metadata found = detect();

    assertThat(found.facts())
        .containsOnly(
            Map.entry("k8s.namespace.name", "shop"),
            Map.entry("k8s.node.name", "node-1"),
            Map.entry("k8s.pod.name", "shop-0"),
            Map.entry("k8s.pod.uid", "u-1"),
            Map.entry("k8s.pod.ip", "10.1.2.3"),
            Map.entry("k8s.container.name", "api"));
    assertThat(found.sources()).containsEntry("k8s.pod.name", "env K8S_POD_NAME");
  }

  @Test
  void annotations_areReadOnlyWhenMeantForUs() throws IOException {
    file(
        "etc/podinfo/annotations",
        """
        deploy.example/token="not-for-logs"
        resource.opentelemetry.io/team="checkout"
        """);
    file("etc/podinfo/labels", "app.kubernetes.io/name=\"shop\"\nempty=\"\"");

    assertThat(detect().facts())
        .containsOnly(
            Map.entry("team", "checkout"),
            Map.entry("k8s.pod.label.app.kubernetes.io/name", "shop"),
            Map.entry("k8s.pod.label.empty", ""));
  }

  @Test
  void facts_areCutAtOneKibibyteBetweenCharacters() {
    environment.put(
        "OTEL_RESOURCE_ATTRIBUTES", "a=" + "x".repeat(5000) + ",b=x" + "%F0%9F%98%80".repeat(400));

    Map<String, Object> facts = detect().facts();

    assertThat(facts.get("a")).isEqualTo("x".repeat(1024));
    assertThat(facts.get("b")).isEqualTo("x" + "\ud83d\ude00".repeat(255));
    assertThat(String.valueOf(facts.get("b")).getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThan(1025);
  }

  @Test
  void facts_areAtMost64AndTheKnownOnesStay() throws IOException {
    StringBuilder labels = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      labels.append("label").append(i).append("=\"x\"\n");
    }
    file("etc/podinfo/labels", labels.toString());
    file("proc/self/cgroup", "1:cpu:/docker/" + ID);
    file("etc/hostname", "shop");

    assertThat(detect().facts()).hasSize(64).containsKeys("container.id", "host.name");
    assertThat(detect().with(Map.of(), Map.of("service.name", "shop")).facts())
        .hasSize(64)
        .containsKey("service.name");
  }

  @Test
  void facts_cannotBeChanged() {
    environment.put("OTEL_SERVICE_NAME", "shop");

    assertThatThrownBy(() -> detect().facts().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> detect().sources().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void serviceInstance_isPodElseContainerElseHost() throws IOException {
    assertThat(detect().serviceInstance()).isEmpty();

    file("etc/hostname", "host-1");
    assertThat(detect().serviceInstance()).contains("host-1");

    file("proc/self/cgroup", "1:cpu:/docker/" + ID);
    assertThat(detect().serviceInstance()).contains(ID);

    environment.put("K8S_POD_NAME", "shop-0");
    assertThat(detect().serviceInstance()).contains("shop-0");

    assertThat(detect().with(Map.of("service.instance", "i-1"), Map.of()).serviceInstance())
        .contains("i-1");
  }

  @Test
  void inContainer_isTrueWhenAFileOrVariableSaysSo() throws IOException {
    assertThat(detect().inContainer()).isFalse();

    file(".dockerenv", "");
    assertThat(detect().inContainer()).isTrue();
    assertThat(detect().facts()).isEmpty();

    assertThat(with("container", "podman").inContainer()).isTrue();
    assertThat(with("K8S_POD_NAME", "shop-0").inContainer()).isTrue();
    assertThat(with("OTEL_SERVICE_NAME", "shop").inContainer()).isFalse();
  }

  @Test
  void podName_isNotTheHostNameWhenItMayBeCutOrHaveADomain() throws IOException {
    environment.put("KUBERNETES_SERVICE_HOST", "10.0.0.1");
    environment.put("KUBERNETES_SERVICE_PORT", "443");
    environment.put("OTEL_RESOURCE_ATTRIBUTES", "host.name=told");
    file("etc/hosts", "# Kubernetes-managed hosts file.\n");
    file("etc/hostname", "shop-0");
    assertThat(detect().facts()).containsEntry("k8s.pod.name", "shop-0");

    for (String name : new String[] {"x".repeat(63), "shop-0.shop.svc.cluster.local", "shop 0"}) {
      file("etc/hostname", name);
      assertThat(detect().facts()).doesNotContainKey("k8s.pod.name");
    }
  }

  @Test
  void hostName_isWindowsOwnInLowerCase() {
    environment.put("OS", "Windows_NT");
    environment.put("COMPUTERNAME", "E6AC15F63C2F");
    environment.put("USERNAME", "ContainerUser");

    assertThat(detect().facts()).containsOnly(Map.entry("host.name", "e6ac15f63c2f"));
    assertThat(detect().inContainer()).isTrue();
  }

  @Test
  void cloudRunJob_hasItsTaskIndexAsANumber() {
    environment.put("CLOUD_RUN_JOB", "nightly");
    environment.put("CLOUD_RUN_EXECUTION", "nightly-x7k2p");
    environment.put("CLOUD_RUN_TASK_INDEX", "3");

    assertThat(detect().facts())
        .containsOnly(
            Map.entry("cloud.provider", "gcp"),
            Map.entry("cloud.platform", "gcp_cloud_run"),
            Map.entry("faas.name", "nightly"),
            Map.entry("gcp.cloud_run.job.execution", "nightly-x7k2p"),
            Map.entry("gcp.cloud_run.job.task_index", 3L));
  }

  @Test
  void image_keepsThePortOfItsRegistryAndLosesItsDigest() {
    assertThat(Image.parse("localhost:5000/shop"))
        .isEqualTo(new Image("localhost:5000/shop", null));
    assertThat(Image.parse("localhost:5000/shop:2.7@sha256:" + ID))
        .isEqualTo(new Image("localhost:5000/shop", "2.7"));
    assertThat(Image.parse("shop@sha256:" + ID)).isEqualTo(new Image("shop", null));
  }

  private Metadata detect() {
    return Metadata.detect(new Machine(root, environment));
  }

  private String serviceName() {
    return detect().text("service.name").orElseThrow();
  }

  private Metadata with(String name, String value) throws IOException {
    Files.deleteIfExists(root.resolve(".dockerenv"));
    return Metadata.detect(new Machine(root, Map.of(name, value)));
  }

  private void file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}

package dev.shiplog.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that the shared fixtures do not have. A and B stand for two ids of 64 digits. */
class CgroupPathTest {
  private static final String A = "0a".repeat(32);
  private static final String B = "1b".repeat(32);
  private static final String UID = "11fe54f6-725e-41ee-a84e-93e62a9858ab";

  @ParameterizedTest
  @CsvSource({
    "/docker/A,                                     A, docker",
    "/docker/A/docker/B,                            B, docker",
    "/docker/A/system.slice/tomcat.service,         A, docker",
    "/docker/A (deleted),                           A, docker",
    "/docker/A/kubelet.slice/x/cri-containerd-B.scope, B, containerd",
    "/system.slice:docker:A,                        A, docker",
    "/machine.slice/libpod-A.scope/container,       A, podman",
    "/user.slice/app.service/libpod-payload-A,      A, podman",
    "/libpod_parent/libpod-A,                       A, podman",
    "/kubepods/besteffort/podUID/crio-A,            A, cri-o",
    "/system.slice/nerdctl-A.scope,                 A, containerd",
    "/lxc/A,                                        A, ",
    "/../../kubepods/podUID/A,                      A, ",
  })
  void id_isTheDeepest(String path, String id, String runtime) {
    CgroupPath found = parse(path);

    assertThat(found.containerId()).isEqualTo(expanded(id));
    assertThat(found.runtime()).isEqualTo(runtime);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "A",
        "/docker/A0",
        "/jobs/A/child",
        "/libpod-conmon-A.scope",
        "/crio-conmon-A.scope",
        "/buildkit-A.scope",
        "/xdocker-A.scope",
        "/docker_A.scope",
        "/:A",
        "/-A",
        "/docker-A.service",
        "/64fa57635d175132763dda24884495fd-3390187264",
        "/garden/6f265890-5165-7fab-6b52-18d",
      })
  void id_isNullWhenItIsNotTheContainers(String path) {
    CgroupPath found = path.equals("A") ? parse("/x/A/y") : parse(path);

    assertThat(found.containerId()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/kubepods/podUID/A",
        "/kubepods.slice/kubepods-podU_D.slice/cri-containerd-A.scope",
        "/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-podU_D.slice/crio-A.scope",
        "/kubepods-burstable-podU_D.slice:cri-containerd:A",
      })
  void podUid_isFoundInEveryNotation(String path) {
    assertThat(parse(path.replace("U_D", UID.replace('-', '_'))).podUid()).isEqualTo(UID);
  }

  @Test
  void podUid_isThatOfStaticPodsToo() {
    String hash = "0123456789abcdef0123456789abcdef";

    assertThat(parse("/kubepods/burstable/pod" + hash + "/A").podUid()).isEqualTo(hash);
    assertThat(parse("/podruntime/A").podUid()).isNull();
    assertThat(parse("/tripod" + hash + "/A").podUid()).isNull();
  }

  @Test
  void gardenContainer_isFoundBelowGarden() {
    assertThat(parse("/system.slice/garden.service/garden/6f265890-5165-7fab-6b52-18d1"))
        .extracting(CgroupPath::containerId)
        .isEqualTo("6f265890-5165-7fab-6b52-18d1");
  }

  @Test
  void best_isTheLineInsideThePod(@TempDir Path root) throws Exception {
    // Kubernetes in Docker on a hybrid host: the last line is about the node, a container as well
    String pod = "/docker/" + A + "/kubepods/burstable/pod" + UID + "/" + B;
    String node = "/docker/" + A + "/system.slice/containerd.service";
    Files.createDirectories(root.resolve("proc/self"));
    Files.writeString(root.resolve("proc/self/cgroup"), "3:cpu:" + pod + "\n0::" + node + "\n");

    CgroupPath best = Cgroup.best(new Machine(root, Map.of()));

    assertThat(best.containerId()).isEqualTo(B);
    assertThat(best.podUid()).isEqualTo(UID);
  }

  private static CgroupPath parse(String path) {
    return CgroupPath.parse(expanded(path));
  }

  private static String expanded(String path) {
    return path.replace("UID", UID).replaceAll("\\bA|(?<=_)A", A).replaceAll("\\bB", B);
  }
}

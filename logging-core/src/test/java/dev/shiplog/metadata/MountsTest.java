package dev.shiplog.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountsTest {
  private static final String A = "0a".repeat(32);
  private static final String B = "1b".repeat(32);
  private static final String CRI = "/var/lib/containerd/io.containerd.grpc.v1.cri/containers/";

  @TempDir Path root;

  @Test
  void mount_isParsedWithItsOctalEscapes() {
    String line =
        "711 700 259:1 /srv/edge\\040gw\\134x /mnt/a\\011b ro master:1 shared:2 - ext4 d rw";

    assertThat(Mount.parse(line)).isEqualTo(new Mount("/srv/edge gw\\x", "/mnt/a\tb", "ext4"));
  }

  @Test
  void inPod_isTheOneContainerOfTheVolumes() throws IOException {
    Mounts mounts =
        read(mount(CRI + A + "/volumes/" + B, "/data"), mount(CRI + A + "/volumes/" + A, "/cache"));

    assertThat(mounts.inPod()).isEqualTo(new Container(A, "containerd"));
  }

  @Test
  void inPod_isNullWhenTheVolumesAreOfTwoContainers() throws IOException {
    Mounts mounts =
        read(mount(CRI + A + "/volumes/x", "/data"), mount(CRI + B + "/volumes/x", "/cache"));

    assertThat(mounts.inPod()).isNull();
  }

  @Test
  void inPod_isTheOwnerOfTheSecretsOfCrio() throws IOException {
    String secrets = "/containers/storage/overlay-containers/" + A + "/userdata/run/secrets";

    assertThat(read(mount(secrets, "/run/secrets")).inPod()).isEqualTo(new Container(A, "cri-o"));
    assertThat(read(mount(secrets, "/host/secrets")).inPod()).isNull();
  }

  @Test
  void fileOwner_isThatOfTheMountOnTop() throws IOException {
    Mounts mounts =
        read(
            mount("/var/lib/docker/containers/" + A + "/hostname", "/etc/hostname"),
            mount("/var/lib/docker/containers/" + B + "/hostname", "/etc/hostname"));

    assertThat(mounts.fileOwner()).isEqualTo(new Container(B, "docker"));
  }

  @Test
  void fileOwner_isNullWhenRootAndPointDisagree() throws IOException {
    Mounts mounts =
        read(
            mount("/var/lib/docker/containers/" + A + "/hosts", "/etc/hostname"),
            mount("/var/lib/docker/containers/" + A + "/hostname", "/mnt/hostname"),
            mount("/srv/" + A + "/hosts", "/etc/hosts"));

    assertThat(mounts.fileOwner()).isNull();
  }

  private Mounts read(String... lines) throws IOException {
    Path file = root.resolve("proc/self/mountinfo");
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.join("\n", lines));
    return Mounts.read(new Machine(root, Map.of()));
  }

  private static String mount(String root, String point) {
    return "711 700 259:1 " + root + " " + point + " rw,relatime - ext4 /dev/root rw";
  }
}

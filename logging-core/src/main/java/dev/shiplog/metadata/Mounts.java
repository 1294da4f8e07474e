package dev.shiplog.metadata;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /proc/self/mountinfo} tells about the container. A mount counts by its root and its
 * mount point together: other containers' ids stand in many lines, of hosts above all.
 */
final class Mounts {
  static final String FILE = "/proc/self/mountinfo";

  /** The files that a runtime makes for a container, from the most to the least its own. */
  private static final String[] RUNTIME_FILES = {
    "/run/.containerenv", "/etc/hostname", "/etc/resolv.conf", "/etc/hosts"
  };

  private static final String CONTAINERD_CRI = "io.containerd.grpc.v1.cri";

  private final List<Mount> mounts = new ArrayList<>();

  private Mounts() {}

  static Mounts read(Machine machine) {
    Mounts read = new Mounts();
    for (String line : machine.lines(FILE)) {
      Mount mount = Mount.parse(line);
      if (mount != null) {
        read.mounts.add(mount);
      }
    }
    return read;
  }

  /** What the roots of the control groups' own mounts say. */
  CgroupPath cgroup() {
    CgroupPath best = CgroupPath.parse("");
    for (Mount mount : mounts) {
      if (mount.type().equals("cgroup") || mount.type().equals("cgroup2")) {
        CgroupPath found = CgroupPath.parse(mount.root());
        if (found.isBetterThan(best)) {
          best = found;
        }
      }
    }
    return best;
  }

  /**
   * The container whose volume (containerd) or secrets (CRI-O) are mounted here: in a pod, where
   * the files below {@code /etc} are the sandbox's. Null if there is none, or more than one.
   */
  @Nullable Container inPod() {
    Container only = null;
    for (Mount mount : mounts) {
      Container owner = volumeOwner(mount);
      if (owner != null && only != null && !owner.equals(only)) {
        return null;
      }
      only = owner == null ? only : owner;
    }
    return only;
  }

  private static @Nullable Container volumeOwner(Mount mount) {
    String[] root = mount.root().split("/", -1);
    for (int i = 0; i + 3 < root.length; i++) {
      if (root[i].equals(CONTAINERD_CRI)
          && root[i + 1].equals("containers")
          && root[i + 3].equals("volumes")
          && Ids.isContainer(root[i + 2])) {
        return new Container(root[i + 2], "containerd");
      }
    }
    int n = root.length;
    boolean secrets =
        mount.point().equals("/run/secrets") || mount.point().equals("/var/run/secrets");
    return secrets
            && n > 5
            && mount.root().endsWith("/userdata/run/secrets")
            && root[n - 5].endsWith("-containers")
            && Ids.isContainer(root[n - 4])
        ? new Container(root[n - 4], "cri-o")
        : null;
  }

  /** What runs the pod, by whose files its sandbox was given; null if they do not tell. */
  @Nullable String podRuntime() {
    for (String file : RUNTIME_FILES) {
      Mount mount = at(file);
      if (mount != null && mount.root().contains("/" + CONTAINERD_CRI + "/")) {
        return "containerd";
      }
      Container owner = mount == null ? null : fileOwner(mount);
      if (owner != null) {
        return owner.runtime().equals("podman") ? "cri-o" : owner.runtime();
      }
    }
    return null;
  }

  /** The container for which the files of the runtime were made. Outside of pods alone. */
  @Nullable Container fileOwner() {
    for (String file : RUNTIME_FILES) {
      Mount mount = at(file);
      Container owner = mount == null ? null : fileOwner(mount);
      if (owner != null) {
        return owner;
      }
    }
    return null;
  }

  /**
   *
   *
   * <pre>{@code
   * …/overlay-containers/ID/userdata/hostname      Podman, CRI-O
   * …/containers/ID/hostname                       Docker
   * …/containers/NAMESPACE/ID/hostname             nerdctl, its hosts below etchosts
   * }</pre>
   */
  private static @Nullable Container fileOwner(Mount mount) {
    String[] root = mount.root().split("/", -1);
    int n = root.length;
    if (n < 4 || !mount.point().endsWith("/" + root[n - 1])) {
      return null;
    }
    if (root[n - 2].equals("userdata")) {
      return root[n - 4].endsWith("-containers") && Ids.isContainer(root[n - 3])
          ? new Container(root[n - 3], "podman")
          : null;
    }
    if (!Ids.isContainer(root[n - 2])) {
      return null;
    }
    if (root[n - 3].equals("containers")) {
      return new Container(root[n - 2], "docker");
    }
    return root[n - 4].equals("containers") || root[n - 4].equals("etchosts")
        ? new Container(root[n - 2], "containerd")
        : null;
  }

  /** The uid of the pod for which the kubelet made {@code /etc/hosts}, or null. */
  @Nullable String kubeletHosts() {
    Mount hosts = at("/etc/hosts");
    if (hosts == null) {
      return null;
    }
    String[] root = hosts.root().split("/", -1);
    int n = root.length;
    return n > 3 && root[n - 1].equals("etc-hosts") && root[n - 3].equals("pods")
        ? Ids.podUid(root[n - 2])
        : null;
  }

  /**
   * The container's name in its pod, from the file for its termination message: {@code
   * pods/UID/containers/NAME/} and 8 hex digits. Null if there is none.
   */
  @Nullable String kubeletContainer(String podUid) {
    for (Mount mount : mounts) {
      String[] root = mount.root().split("/", -1);
      int n = root.length;
      if (n > 5
          && root[n - 5].equals("pods")
          && podUid.equals(Ids.podUid(root[n - 4]))
          && root[n - 3].equals("containers")
          && Ids.isName(root[n - 2])
          && Ids.isHex(root[n - 1], 8)) {
        return root[n - 2];
      }
    }
    return null;
  }

  boolean hasServiceAccount() {
    return at("/run/secrets/kubernetes.io/serviceaccount") != null
        || at("/var/run/secrets/kubernetes.io/serviceaccount") != null;
  }

  /** What is to be seen at this mount point: the last one mounted there, or null. */
  private @Nullable Mount at(String point) {
    for (int i = mounts.size() - 1; i >= 0; i--) {
      if (mounts.get(i).point().equals(point)) {
        return mounts.get(i);
      }
    }
    return null;
  }
}

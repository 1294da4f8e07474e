package dev.shiplog.metadata;

import org.jspecify.annotations.Nullable;

/**
 * What the path of a control group says about the container in it.
 *
 * <p>The deepest id in the path is the container's own; those above it are what it runs in. An id
 * with a runtime's mark may be followed by groups that the container made itself, a bare one must
 * be the last.
 *
 * @param evidence how good the id is
 * @param depth the segment of the path with the id
 * @param containerId null if the path has none
 * @param runtime null if the path does not tell
 * @param podUid null if the path does not lead through a pod
 * @param ecsTask null if the path does not lead through an ECS task
 */
record CgroupPath(
    Evidence evidence,
    int depth,
    @Nullable String containerId,
    @Nullable String runtime,
    @Nullable String podUid,
    @Nullable String ecsTask) {

  /** From good to bad. */
  enum Evidence {
    MARKED,
    BARE,
    FARGATE,
    GARDEN,
    NONE
  }

  /** What systemd scopes and groups of each runtime are called, before the id. */
  private static final String[][] MARKS = {
    {"docker", "docker"},
    {"cri-containerd", "containerd"},
    {"containerd", "containerd"},
    {"nerdctl", "containerd"},
    {"crio", "cri-o"},
    {"libpod", "podman"},
    {"libpod-payload", "podman"},
  };

  /** Whether this is the better of the two: inside a pod, then better marked, then deeper. */
  boolean isBetterThan(CgroupPath other) {
    if (containerId == null || other.containerId == null) {
      return containerId != null
          || (other.containerId == null && podUid != null && other.podUid == null);
    }
    if ((podUid == null) != (other.podUid == null)) {
      return podUid != null; // in a nested cluster the other line names the node, a container too
    }
    int order = evidence.compareTo(other.evidence);
    return order < 0 || (order == 0 && depth > other.depth);
  }

  static CgroupPath parse(String path) {
    String[] segments = withoutNote(path).split("/", -1);
    String podUid = null;
    for (int i = segments.length - 1; i >= 0 && podUid == null; i--) {
      podUid = podUid(segments[i]);
    }
    for (int i = segments.length - 1; i >= 0; i--) {
      String parent = i > 0 ? segments[i - 1] : "";
      CgroupPath found = container(segments, i, parent, podUid);
      if (found != null) {
        return found;
      }
    }
    return new CgroupPath(Evidence.NONE, 0, null, null, podUid, null);
  }

  private static @Nullable CgroupPath container(
      String[] segments, int i, String parent, @Nullable String podUid) {
    String segment = segments[i];
    String task = ecsTask(segments, i);
    if (Ids.isContainer(segment)) {
      if (parent.equals("docker")) {
        return new CgroupPath(Evidence.MARKED, i, segment, "docker", podUid, task);
      }
      return i == segments.length - 1
          ? new CgroupPath(Evidence.BARE, i, segment, null, podUid, task)
          : null;
    }
    String unit = segment.endsWith(".scope") ? segment.substring(0, segment.length() - 6) : segment;
    int idStart = unit.length() - 64;
    if (idStart > 1 && Ids.isContainer(unit.substring(idStart))) {
      String runtime = runtime(unit.substring(0, idStart));
      if (runtime != null) {
        return new CgroupPath(Evidence.MARKED, i, unit.substring(idStart), runtime, podUid, task);
      }
    }
    if (i < segments.length - 1) {
      return null;
    }
    if (Ids.isFargateContainer(segment) && task != null) {
      return new CgroupPath(Evidence.FARGATE, i, segment, null, podUid, task);
    }
    if (parent.equals("garden") && Ids.isGardenContainer(segment)) {
      return new CgroupPath(Evidence.GARDEN, i, segment, null, podUid, null);
    }
    return null;
  }

  /**
   * The runtime whose mark stands before the id: {@code docker-}, or {@code …slice:docker:} where
   * systemd's notation was used without systemd. The marks of monitor processes are not among them.
   */
  private static @Nullable String runtime(String before) {
    int end = before.length() - 1;
    char delimiter = before.charAt(end);
    int start = delimiter == ':' ? before.lastIndexOf(':', end - 1) + 1 : 0;
    if (delimiter == '-' || delimiter == ':') {
      String mark = before.substring(start, end);
      for (String[] known : MARKS) {
        if (known[0].equals(mark)) {
          return known[1];
        }
      }
    }
    return null;
  }

  /** The task in {@code /ecs/TASK/id} or {@code /ecs/CLUSTER/TASK/id}, or null. */
  private static @Nullable String ecsTask(String[] segments, int container) {
    for (int i = container - 2; i >= 0; i--) {
      if (segments[i].equals("ecs") && Ids.isEcsTask(segments[container - 1])) {
        return segments[container - 1];
      }
    }
    return null;
  }

  /** The uid in {@code podUID} or {@code kubepods-burstable-podUID.slice}, or null. */
  private static @Nullable String podUid(String segment) {
    int colon = segment.indexOf(':');
    String unit = colon < 0 ? segment : segment.substring(0, colon);
    if (unit.endsWith(".slice")) {
      unit = unit.substring(0, unit.length() - 6);
    }
    int pod = unit.lastIndexOf("pod");
    return pod == 0 || (pod > 0 && unit.charAt(pod - 1) == '-')
        ? Ids.podUid(unit.substring(pod + 3))
        : null;
  }

  /** The kernel says so when the group is gone already. */
  private static String withoutNote(String path) {
    String note = " (deleted)";
    return path.endsWith(note) ? path.substring(0, path.length() - note.length()) : path;
  }
}

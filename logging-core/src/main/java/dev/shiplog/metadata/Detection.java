package dev.shiplog.metadata;

import org.jspecify.annotations.Nullable;

/**
 * Asks every source in the order of precedence, once.
 *
 * <p>Reads files and environment alone: no name is resolved, no process started, no network asked.
 * Any thread may run one; it throws nothing.
 */
final class Detection {
  private final Machine machine;
  private final Findings findings = new Findings();
  private final Mounts mounts;
  private final Pod pod;

  private Detection(Machine machine) {
    this.machine = machine;
    this.mounts = Mounts.read(machine);
    this.pod = Pod.of(machine, mounts);
  }

  /** What is found on this machine, given what the ECS endpoint has answered so far. */
  static Metadata of(Machine machine, EcsDocuments documents) {
    return new Detection(machine).run(documents);
  }

  private Metadata run(EcsDocuments documents) {
    ResourceAttributes.find(machine, findings);
    PodInfo.findAttributes(machine, findings);
    pod.findDownward(machine, findings);
    Ecs.find(machine, documents, findings);
    boolean platform = Platform.find(machine, findings);
    findContainer();
    Ecs.findInAddress(machine, findings);
    Fact hostName = HostName.of(machine);
    pod.findKubelet(machine, mounts, hostName, findings);
    if (hostName != null) {
      findings.addFact("host.name", hostName);
    }
    PodInfo.findLabels(machine, findings); // last, for there may be many
    return new Metadata(findings.inOrder(), platform || isContainer());
  }

  /** The container's id, and what is known along with it. */
  private void findContainer() {
    CgroupPath group = Cgroup.best(machine);
    String source = Cgroup.FILE;
    if (group.containerId() == null) {
      CgroupPath mounted = mounts.cgroup();
      if (mounted.isBetterThan(group)) {
        group = mounted;
        source = Mounts.FILE;
      }
    }
    findings.add("container.id", group.containerId(), source);
    findings.add("container.runtime", group.runtime(), source);
    findings.add("k8s.pod.uid", group.podUid(), source);
    if (pod.evident()) {
      Container mounted = mounts.inPod();
      if (mounted != null && group.containerId() == null) {
        find(mounted, Mounts.FILE);
      }
      findings.add("container.runtime", mounts.podRuntime(), Mounts.FILE);
      return;
    }
    findings.add("aws.ecs.task.id", group.ecsTask(), source);
    if (group.ecsTask() == null && !Ecs.isEvident(machine)) {
      findOwner(group.containerId());
    }
  }

  /** Outside of pods and ECS, where no other container owns the files that are mounted here. */
  private void findOwner(@Nullable String known) {
    Containerenv podman = Containerenv.read(machine);
    Container told = podman.container();
    if (told != null && (known == null || told.id().equals(known))) {
      find(told, Containerenv.FILE);
      podman.find(findings);
    }
    Container owner = mounts.fileOwner();
    if (owner != null && (known == null || owner.id().equals(known))) {
      find(owner, Mounts.FILE);
    }
  }

  private void find(Container container, String source) {
    findings.add("container.id", container.id(), source);
    findings.add("container.runtime", container.runtime(), source);
  }

  /** Whether anything says that this is a container, even where nothing says which. */
  private boolean isContainer() {
    String user = machine.variable("USERNAME");
    return findings.has("container.id")
        || findings.has("container.runtime")
        || findings.has("k8s.pod.uid")
        || findings.has("k8s.pod.name")
        || pod.evident()
        || Ecs.isEvident(machine)
        || machine.exists("/.dockerenv")
        || machine.exists(Containerenv.FILE)
        || machine.variable("container") != null // set by Podman, LXC and systemd-nspawn
        || (machine.isWindows()
            && ("ContainerAdministrator".equals(user) || "ContainerUser".equals(user)));
  }
}

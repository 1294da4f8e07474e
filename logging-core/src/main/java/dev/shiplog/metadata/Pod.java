package dev.shiplog.metadata;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pod around the container, if there is one, and what its kubelet and its manifest tell.
 *
 * @param uid from the kubelet's mount, or null
 * @param evident whether this is a pod: by the kubelet's hosts file, the service account, or the
 *     variables of the cluster's own service. A {@code POD_NAME} alone proves nothing
 */
record Pod(@Nullable String uid, boolean evident) {
  private static final String NAMESPACE = "/var/run/secrets/kubernetes.io/serviceaccount/namespace";
  private static final String HOSTS = "/etc/hosts";

  /** Fact, and the variable that manifests commonly give it in. */
  private static final String[][] DOWNWARD = {
    {"k8s.pod.name", "POD_NAME"},
    {"k8s.namespace.name", "POD_NAMESPACE"},
    {"k8s.pod.uid", "POD_UID"},
    {"k8s.pod.ip", "POD_IP"},
    {"k8s.node.name", "NODE_NAME"},
    {"k8s.container.name", "CONTAINER_NAME"},
  };

  /** Forms of these that say themselves whom they are about. */
  private static final String[] PREFIXES = {"K8S_", "KUBERNETES_"};

  static Pod of(Machine machine, Mounts mounts) {
    String uid = mounts.kubeletHosts();
    boolean service =
        machine.variable("KUBERNETES_SERVICE_HOST") != null
            && machine.variable("KUBERNETES_SERVICE_PORT") != null;
    return new Pod(
        uid, uid != null || service || mounts.hasServiceAccount() || machine.exists(NAMESPACE));
  }

  /** What the manifest passed in the environment. */
  void findDownward(Machine machine, Findings findings) {
    for (String[] fact : DOWNWARD) {
      for (String prefix : PREFIXES) {
        String name = prefix.concat(fact[1]);
        findings.add(fact[0], machine.variable(name), "env ".concat(name));
      }
      if (evident) {
        findings.add(fact[0], machine.variable(fact[1]), "env ".concat(fact[1]));
      }
    }
    for (String prefix : PREFIXES) {
      String name = prefix.concat("NAMESPACE"); // the form that Elastic's agents documented
      findings.add("k8s.namespace.name", machine.variable(name), "env ".concat(name));
    }
  }

  /** What the kubelet's mounts and files tell. */
  void findKubelet(Machine machine, Mounts mounts, @Nullable Fact hostName, Findings findings) {
    if (!evident) {
      return;
    }
    findings.add("k8s.pod.uid", uid, Mounts.FILE);
    String known = findings.text("k8s.pod.uid");
    if (known != null) {
      findings.add("k8s.container.name", mounts.kubeletContainer(known), Mounts.FILE);
    }
    findings.add("k8s.namespace.name", firstName(machine.lines(NAMESPACE)), NAMESPACE);
    if (hostName != null && isNameOfPod(hostName, machine)) {
      findings.addFact("k8s.pod.name", hostName);
    }
  }

  /**
   * Whether the host name was made from the pod's name. With the node's network it is the node's,
   * and the kubelet marks the hosts file; it cuts a name at 63 characters, and a name with dots is
   * that of a pod with its domain.
   */
  private static boolean isNameOfPod(Fact hostName, Machine machine) {
    List<String> hosts = machine.lines(HOSTS);
    return !hosts.isEmpty()
        && hosts.get(0).equals("# Kubernetes-managed hosts file.")
        && hostName.value() instanceof String name
        && name.length() < 63
        && name.indexOf('.') < 0;
  }

  private static @Nullable String firstName(List<String> lines) {
    return !lines.isEmpty() && Ids.isName(lines.get(0)) ? lines.get(0) : null;
  }
}

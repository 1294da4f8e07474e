package dev.shiplog.metadata;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known about the container, at one moment.
 *
 * <p>Immutable, for any thread. Holds at most 64 facts of at most 1 KiB each. Facts that nobody
 * told are not there: there is no default service name here, and no guess.
 */
public final class Metadata {
  private final Map<String, Fact> facts;
  private final boolean inContainer;

  Metadata(Map<String, Fact> facts, boolean inContainer) {
    this.facts = facts;
    this.inContainer = inContainer;
  }

  /**
   * What is found on the machine: by files and environment, within milliseconds, and without the
   * ECS endpoint; see {@link LiveMetadata} for that. Never throws.
   */
  public static Metadata detect(Machine machine) {
    return Detection.of(machine, EcsDocuments.NONE);
  }

  /**
   * This, with what was configured put above it and what the application knows of itself below.
   *
   * @param configured shiplog's own keys {@code service.name}, {@code service.version}, {@code
   *     service.environment} and {@code service.instance}; other names are taken as they are
   * @param application the same, from Spring, build-info or the jar's manifest
   */
  public Metadata with(Map<String, String> configured, Map<String, String> application) {
    Findings findings = new Findings();
    addKeys(configured, "configuration", findings);
    findings.addAll(facts);
    addKeys(application, "application", findings);
    return new Metadata(findings.inOrder(), inContainer);
  }

  private static void addKeys(Map<String, String> keys, String source, Findings findings) {
    for (Map.Entry<String, String> key : keys.entrySet()) {
      String name =
          switch (key.getKey()) {
            case "service.environment" -> "deployment.environment.name";
            case "service.instance" -> "service.instance.id";
            default -> key.getKey();
          };
      findings.add(name, key.getValue(), source);
    }
  }

  /**
   * The facts by their OpenTelemetry names, always in the same order. Each value is a String, a
   * Long or a List of Strings.
   */
  public Map<String, Object> facts() {
    return values(facts);
  }

  /** Where each of the {@link #facts()} was read, such as {@code /proc/self/cgroup}. */
  public Map<String, String> sources() {
    return sourcesOf(facts);
  }

  /**
   * The facts under other names, for a level of detail. Each value is a String, a Long, a List of
   * Strings, or for {@code kubernetes.labels} a Map of Strings.
   *
   * <p>The service is among them; a schema that has fields of its own for it leaves out what begins
   * with {@code service.} or {@code deployment.environment}.
   */
  public Map<String, Object> named(Names names, Level level) {
    return values(Naming.of(facts, names, level));
  }

  /** The names that facts may have, known here or not; see {@link #possiblePrefixes} too. */
  public static Set<String> possibleNames(Names names) {
    return Naming.possible(names);
  }

  /** What the names of other facts begin with, of which there may be any number. */
  public static List<String> possiblePrefixes(Names names) {
    return Naming.prefixes(names);
  }

  /** What the stream is called that a record leaves by: stdout or stderr. */
  public static String streamName(Names names) {
    return Naming.stream(names);
  }

  /** Where each of the {@link #named} facts was read. */
  public Map<String, String> sources(Names names, Level level) {
    return sourcesOf(Naming.of(facts, names, level));
  }

  /** The text found under this OpenTelemetry name. */
  public Optional<String> text(String name) {
    Fact fact = facts.get(name);
    return fact != null && fact.value() instanceof String text && !text.isEmpty()
        ? Optional.of(text)
        : Optional.empty();
  }

  /**
   * What tells this instance of the service from others: what somebody called it, else the pod's
   * name, else the container's id, else the host's name.
   */
  public Optional<String> serviceInstance() {
    return text("service.instance.id")
        .or(() -> text("k8s.pod.name"))
        .or(() -> text("container.id"))
        .or(() -> text("host.name"));
  }

  /** Whether this process runs in a container or on a platform that collects its stdout. */
  public boolean inContainer() {
    return inContainer;
  }

  private static Map<String, Object> values(Map<String, Fact> facts) {
    Map<String, Object> values = new LinkedHashMap<>();
    facts.forEach((name, fact) -> values.put(name, fact.value()));
    return Collections.unmodifiableMap(values);
  }

  private static Map<String, String> sourcesOf(Map<String, Fact> facts) {
    Map<String, String> sources = new LinkedHashMap<>();
    facts.forEach((name, fact) -> sources.put(name, fact.source()));
    return Collections.unmodifiableMap(sources);
  }
}

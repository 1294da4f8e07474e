package dev.shiplog.metadata;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has been found so far. Sources speak in the order of their precedence, and the first one to
 * name a fact is believed.
 *
 * <p>For one thread. Holds the limits of what is told: values are cut at 1 KiB, over-long names are
 * left out, and of more than 64 facts those stay that this package knows by name.
 */
final class Findings {
  static final int MAX_FACTS = 64;
  static final int VALUE_BYTES = 1024;
  private static final int NAME_CHARS = 256;

  /** The order in which facts are told; those not named here follow as they were found. */
  static final List<String> KNOWN =
      List.of(
          "service.name",
          "service.namespace",
          "service.version",
          "service.instance.id",
          "deployment.environment.name",
          "container.id",
          "container.name",
          "container.runtime",
          "container.image.name",
          "container.image.tags",
          "container.image.id",
          "k8s.cluster.name",
          "k8s.namespace.name",
          "k8s.node.name",
          "k8s.pod.name",
          "k8s.pod.uid",
          "k8s.pod.ip",
          "k8s.container.name",
          "host.name",
          "cloud.provider",
          "cloud.platform",
          "cloud.region",
          "cloud.availability_zone",
          "cloud.account.id",
          "aws.ecs.cluster.arn",
          "aws.ecs.container.arn",
          "aws.ecs.launchtype",
          "aws.ecs.task.arn",
          "aws.ecs.task.family",
          "aws.ecs.task.id",
          "aws.ecs.task.revision",
          "aws.log.group.names",
          "aws.log.stream.names",
          "faas.name",
          "faas.version",
          "faas.instance",
          "gcp.cloud_run.job.execution",
          "gcp.cloud_run.job.task_index");

  private final Map<String, Fact> facts = new LinkedHashMap<>();

  /** Adds a fact unless its name is taken, or there is no value. */
  void add(String name, @Nullable String value, String source) {
    if (value != null && !value.isBlank()) {
      addAsTold(name, value, source);
    }
  }

  /** Adds a fact unless its name is taken; an empty value that somebody wrote down is a value. */
  void addAsTold(String name, String value, String source) {
    addFact(name, new Fact(bounded(value), source));
  }

  /** Adds a list of one value. */
  void addOnly(String name, @Nullable String value, String source) {
    if (value != null && !value.isBlank()) {
      addFact(name, new Fact(List.of(bounded(value)), source));
    }
  }

  /** Adds a fact unless its name is taken. */
  void addFact(String name, Fact fact) {
    if (!name.isEmpty() && name.length() <= NAME_CHARS) {
      facts.putIfAbsent(name, fact);
    }
  }

  void addAll(Map<String, Fact> others) {
    for (Map.Entry<String, Fact> other : others.entrySet()) {
      addFact(other.getKey(), other.getValue());
    }
  }

  boolean has(String name) {
    return facts.containsKey(name);
  }

  /** The text found under this name, or null. */
  @Nullable String text(String name) {
    Fact fact = facts.get(name);
    return fact != null && fact.value() instanceof String text ? text : null;
  }

  /** At most 64 facts, the known ones first. */
  Map<String, Fact> inOrder() {
    Map<String, Fact> ordered = new LinkedHashMap<>();
    for (String name : KNOWN) {
      Fact fact = facts.get(name);
      if (fact != null) {
        ordered.put(name, fact);
      }
    }
    List<Map.Entry<String, Fact>> rest = new ArrayList<>(facts.entrySet());
    for (int i = 0; i < rest.size() && ordered.size() < MAX_FACTS; i++) {
      ordered.putIfAbsent(rest.get(i).getKey(), rest.get(i).getValue());
    }
    return ordered;
  }

  /** The text, cut between two characters where its UTF-8 form would pass 1 KiB. */
  private static String bounded(String text) {
    if (text.length() * 3 <= VALUE_BYTES) {
      return text;
    }
    int bytes = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      if (bytes > VALUE_BYTES) {
        return text.substring(0, i);
      }
      i += Character.charCount(c);
    }
    return text;
  }
}

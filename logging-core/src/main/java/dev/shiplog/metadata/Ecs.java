package dev.shiplog.metadata;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Amazon ECS tells: its variables, the file its agent may write, and the documents of its
 * metadata endpoint, whose format is at
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4.html.
 *
 * <p>Of the documents those members are read that are named here and no other: log options and
 * labels may hold secrets.
 */
final class Ecs {
  private static final String EXECUTION = "AWS_EXECUTION_ENV";
  private static final String FILE = "ECS_CONTAINER_METADATA_FILE";
  private static final String[] URIS = {
    "ECS_CONTAINER_METADATA_URI_V4", "ECS_CONTAINER_METADATA_URI"
  };

  private Ecs() {}

  /** The name of the variable with the endpoint's address, or null if there is none. */
  static @Nullable String endpointVariable(Machine machine) {
    for (String name : URIS) {
      if (machine.variable(name) != null) {
        return name;
      }
    }
    return null;
  }

  /** Whether ECS says that there is an endpoint, or will be a file, to learn more from. */
  static boolean isAnnounced(Machine machine) {
    return machine.variable(FILE) != null || endpointVariable(machine) != null;
  }

  static boolean isEvident(Machine machine) {
    String execution = machine.variable(EXECUTION);
    return (execution != null && execution.startsWith("AWS_ECS_")) || isAnnounced(machine);
  }

  /** Whether the agent has announced a file that does not yet hold everything. */
  static boolean isFileUnfinished(Machine machine) {
    return machine.variable(FILE) != null
        && !"READY".equals(Json.text(file(machine), "MetadataFileStatus"));
  }

  private static Map<String, Object> file(Machine machine) {
    String path = machine.variable(FILE);
    return path == null ? Map.of() : Json.object(machine.text(path));
  }

  static void find(Machine machine, EcsDocuments documents, Findings findings) {
    if (!isEvident(machine)) {
      return;
    }
    String uri = endpointVariable(machine);
    String http = "HTTP, env ".concat(uri == null ? URIS[0] : uri);
    findContainer(documents.container(), http, findings);
    findTask(documents.task(), http.concat("/task"), findings);
    findFile(file(machine), "file, env ".concat(FILE), findings);
    findEnvironment(machine, findings);
  }

  private static void findContainer(Map<String, Object> json, String source, Findings findings) {
    findings.add("container.id", id(Json.text(json, "DockerId")), source);
    findings.add("container.name", name(Json.text(json, "DockerName")), source);
    findings.add("container.image.id", Json.text(json, "ImageID"), source);
    Image.find(Json.text(json, "Image"), source, findings);
    findings.add("aws.ecs.container.arn", Json.text(json, "ContainerARN"), source);
    if ("awslogs".equals(Json.text(json, "LogDriver"))) {
      Map<String, Object> options = Json.object(json, "LogOptions");
      findings.addOnly("aws.log.group.names", Json.text(options, "awslogs-group"), source);
      findings.addOnly("aws.log.stream.names", Json.text(options, "awslogs-stream"), source);
    }
  }

  private static void findTask(Map<String, Object> json, String source, Findings findings) {
    findTask(Json.text(json, "TaskARN"), Json.text(json, "Cluster"), source, findings);
    findings.add("aws.ecs.task.family", Json.text(json, "Family"), source);
    findings.add("aws.ecs.task.revision", Json.text(json, "Revision"), source);
    findings.add("cloud.availability_zone", Json.text(json, "AvailabilityZone"), source);
    findings.add("aws.ecs.launchtype", launchType(Json.text(json, "LaunchType")), source);
  }

  private static void findFile(Map<String, Object> json, String source, Findings findings) {
    findings.add("container.id", id(Json.text(json, "ContainerID")), source);
    findings.add("container.name", name(Json.text(json, "DockerContainerName")), source);
    findings.add("container.image.id", Json.text(json, "ImageID"), source);
    Image.find(Json.text(json, "ImageName"), source, findings);
    findTask(Json.text(json, "TaskARN"), Json.text(json, "Cluster"), source, findings);
    findings.add("aws.ecs.task.family", Json.text(json, "TaskDefinitionFamily"), source);
    findings.add("aws.ecs.task.revision", Json.text(json, "TaskDefinitionRevision"), source);
    findings.add("cloud.availability_zone", Json.text(json, "AvailabilityZone"), source);
  }

  /** {@code arn:aws:ecs:REGION:ACCOUNT:task/CLUSTER/ID}, without the cluster in its older form. */
  private static void findTask(
      @Nullable String arn, @Nullable String cluster, String source, Findings findings) {
    String[] parts = arn == null ? new String[0] : arn.split(":", 6);
    if (arn != null && parts.length == 6 && parts[5].startsWith("task/")) {
      findings.add("aws.ecs.task.arn", arn, source);
      findings.add("aws.ecs.task.id", arn.substring(arn.lastIndexOf('/') + 1), source);
      findings.add("cloud.region", parts[3], source);
      findings.add("cloud.account.id", parts[4], source);
    }
    if (cluster != null && cluster.startsWith("arn:")) {
      findings.add("aws.ecs.cluster.arn", cluster, source);
    } else if (cluster != null && parts.length == 6) {
      parts[5] = "cluster/".concat(cluster);
      findings.add("aws.ecs.cluster.arn", String.join(":", parts), source);
    }
  }

  private static void findEnvironment(Machine machine, Findings findings) {
    String execution = machine.variable(EXECUTION);
    String source = "env ".concat(EXECUTION);
    if (execution == null || !execution.startsWith("AWS_ECS_")) {
      String uri = endpointVariable(machine);
      source = "env ".concat(uri == null ? FILE : uri);
    } else {
      findings.add("aws.ecs.launchtype", launchType(execution.substring(8)), source);
    }
    findings.add("cloud.provider", "aws", source);
    findings.add("cloud.platform", "aws_ecs", source);
    findings.add("cloud.region", machine.variable("AWS_REGION"), "env AWS_REGION");
  }

  /** On Fargate the endpoint's address ends in the container's id: no need to ask for it. */
  static void findInAddress(Machine machine, Findings findings) {
    String name = endpointVariable(machine);
    String uri = name == null ? null : machine.variable(name);
    if (name != null && uri != null) {
      String id = uri.substring(uri.lastIndexOf('/') + 1);
      if (Ids.isFargateContainer(id)) {
        findings.add("container.id", id, "env ".concat(name));
        findings.add("aws.ecs.task.id", id.substring(0, 32), "env ".concat(name));
      }
    }
  }

  private static @Nullable String id(@Nullable String id) {
    return id != null && (Ids.isContainer(id) || Ids.isFargateContainer(id)) ? id : null;
  }

  /** Docker's own notation of a name begins with a slash. */
  private static @Nullable String name(@Nullable String name) {
    return name != null && name.startsWith("/") ? name.substring(1) : name;
  }

  /** The two launch types that the conventions know. */
  private static @Nullable String launchType(@Nullable String type) {
    if (type == null) {
      return null;
    }
    return type.equals("FARGATE") ? "fargate" : type.equals("EC2") ? "ec2" : null;
  }
}

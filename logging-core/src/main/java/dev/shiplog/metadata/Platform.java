package dev.shiplog.metadata;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a platform tells in the environment, by the names that it documents.
 *
 * @param sign the variable whose presence means that this is the platform
 * @param provider for {@code cloud.provider}, or null
 * @param cloud for {@code cloud.platform}, or null
 * @param variables each {@code fact=VARIABLE}
 */
record Platform(
    String sign, @Nullable String provider, @Nullable String cloud, List<String> variables) {
  private static final List<Platform> ALL =
      List.of(
          new Platform(
              "NOMAD_ALLOC_ID",
              null,
              null,
              List.of(
                  "nomad.alloc.id=NOMAD_ALLOC_ID",
                  "nomad.alloc.index=NOMAD_ALLOC_INDEX",
                  "nomad.alloc.name=NOMAD_ALLOC_NAME",
                  "nomad.datacenter=NOMAD_DC",
                  "nomad.group.name=NOMAD_GROUP_NAME",
                  "nomad.job.id=NOMAD_JOB_ID",
                  "nomad.job.name=NOMAD_JOB_NAME",
                  "nomad.namespace=NOMAD_NAMESPACE",
                  "nomad.region=NOMAD_REGION",
                  "nomad.task.name=NOMAD_TASK_NAME")),
          new Platform(
              "HEROKU_APP_ID",
              "heroku",
              null,
              List.of(
                  "heroku.app.id=HEROKU_APP_ID",
                  "heroku.release.commit=HEROKU_SLUG_COMMIT",
                  "heroku.release.creation_timestamp=HEROKU_RELEASE_CREATED_AT",
                  "service.instance.id=HEROKU_DYNO_ID",
                  "service.name=HEROKU_APP_NAME",
                  "service.version=HEROKU_RELEASE_VERSION")),
          new Platform(
              "CONTAINER_APP_NAME",
              "azure",
              "azure.container_apps",
              List.of(
                  "service.instance.id=CONTAINER_APP_REPLICA_NAME",
                  "service.name=CONTAINER_APP_NAME",
                  "service.version=CONTAINER_APP_REVISION")),
          new Platform(
              "WEBSITE_SITE_NAME",
              "azure",
              "azure.app_service",
              List.of(
                  "cloud.region=REGION_NAME",
                  "service.instance.id=WEBSITE_INSTANCE_ID",
                  "service.name=WEBSITE_SITE_NAME")),
          new Platform(
              "AWS_LAMBDA_FUNCTION_NAME",
              "aws",
              "aws_lambda",
              List.of(
                  "cloud.region=AWS_REGION",
                  "faas.instance=AWS_LAMBDA_LOG_STREAM_NAME",
                  "faas.name=AWS_LAMBDA_FUNCTION_NAME",
                  "faas.version=AWS_LAMBDA_FUNCTION_VERSION")),
          // Knative sets these too, on any cluster
          new Platform(
              "K_SERVICE",
              "gcp",
              "gcp_cloud_run",
              List.of("faas.name=K_SERVICE", "faas.version=K_REVISION")),
          new Platform(
              "CLOUD_RUN_JOB",
              "gcp",
              "gcp_cloud_run",
              List.of(
                  "faas.name=CLOUD_RUN_JOB",
                  "gcp.cloud_run.job.execution=CLOUD_RUN_EXECUTION",
                  "gcp.cloud_run.job.task_index=CLOUD_RUN_TASK_INDEX")),
          new Platform(
              "GAE_SERVICE",
              "gcp",
              "gcp_app_engine",
              List.of(
                  "cloud.account.id=GOOGLE_CLOUD_PROJECT",
                  "faas.instance=GAE_INSTANCE",
                  "faas.name=GAE_SERVICE",
                  "faas.version=GAE_VERSION")));

  /** The names of all that platforms may tell. */
  static Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (Platform platform : ALL) {
      for (String pair : platform.variables) {
        names.add(pair.substring(0, pair.indexOf('=')));
      }
    }
    return names;
  }

  /** Adds what every platform tells that is there; whether there is one. */
  static boolean find(Machine machine, Findings findings) {
    boolean any = false;
    for (Platform platform : ALL) {
      if (machine.variable(platform.sign) != null) {
        platform.findVariables(machine, findings);
        any = true;
      }
    }
    return any;
  }

  private void findVariables(Machine machine, Findings findings) {
    boolean knative =
        sign.equals("K_SERVICE") && machine.variable("KUBERNETES_SERVICE_HOST") != null;
    if (!knative) {
      findings.add("cloud.provider", provider, "env ".concat(sign));
      findings.add("cloud.platform", cloud, "env ".concat(sign));
    }
    for (String pair : variables) {
      int equals = pair.indexOf('=');
      String name = pair.substring(0, equals);
      String variable = pair.substring(equals + 1);
      String value = machine.variable(variable);
      String source = "env ".concat(variable);
      Long number = name.equals("gcp.cloud_run.job.task_index") ? number(value) : null;
      if (number != null) {
        findings.addFact(name, new Fact(number, source));
      } else {
        findings.add(name, value, source);
      }
    }
  }

  private static @Nullable Long number(@Nullable String digits) {
    try {
      return digits == null ? null : Long.valueOf(digits.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }
}

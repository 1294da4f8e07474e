package dev.shiplog;

import dev.shiplog.metadata.Level;
import dev.shiplog.metadata.LiveMetadata;
import dev.shiplog.metadata.Machine;
import dev.shiplog.metadata.Metadata;
import dev.shiplog.metadata.Names;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The command that shows what is detected, and from where: what an operator runs in a pod to see
 * why a field is missing. For one run, by one thread.
 */
final class DetectCommand {
  private static final String USAGE =
      """
      Usage: java -jar shiplog-core.jar [--root DIR] [--env FILE] [--names NAMES]

      Prints as JSON what shiplog detects about the container it runs in, and where
      each fact came from.

        --root DIR     look files up below DIR, such as DIR/proc/self/mountinfo
        --env FILE     lines of KEY=VALUE in place of the process environment
        --names NAMES  otel (default), ecs, docker or kubernetes
        --help         print this text

      java -jar shiplog-core.jar spool --help: what a spool holds
      """;

  private final PrintStream out;
  private final PrintStream err;
  private final List<String> problems = new ArrayList<>();
  private Map<String, String> environment;
  private Path root = Path.of("/");
  private Names names = Names.OTEL;

  DetectCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs with these arguments; the status for the process to end with: 0, or 2 for a bad option.
   */
  int run(String[] arguments) {
    if (List.of(arguments).contains("--help")) {
      out.print(USAGE);
      return 0;
    }
    parse(arguments);
    if (!problems.isEmpty()) {
      problems.forEach(err::println);
      err.println("Try --help.");
      return 2;
    }
    LiveMetadata live = LiveMetadata.of(new Machine(root, environment));
    live.refresh(); // asks ECS, if the environment says that it is there
    Metadata found = live.current();
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("facts", found.named(names, Level.FULL));
    report.put("sources", found.sources(names, Level.FULL));
    out.println(PrettyJson.of(report));
    return 0;
  }

  private void parse(String[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
      String option = equals < 0 ? argument : argument.substring(0, equals);
      if (!List.of("--root", "--env", "--names").contains(option)) {
        problems.add(argument + ": unknown, must be --root, --env, --names or --help");
      } else if (equals >= 0) {
        accept(option, argument.substring(equals + 1));
      } else if (i + 1 == arguments.length || arguments[i + 1].startsWith("--")) {
        problems.add(option + ": must be followed by a value");
      } else {
        accept(option, arguments[++i]);
      }
    }
  }

  private void accept(String option, String value) {
    try {
      switch (option) {
        case "--root" -> root = directory(value);
        case "--env" -> environment = variables(Path.of(value));
        default -> names = Names.valueOf(value.toUpperCase(Locale.ROOT));
      }
    } catch (IOException | IllegalArgumentException e) {
      String rule =
          switch (option) {
            case "--root" -> "a directory";
            case "--env" -> "a readable file of KEY=VALUE lines";
            default -> "otel, ecs, docker or kubernetes";
          };
      problems.add(option + ": " + value + ", must be " + rule);
    }
  }

  private static Path directory(String value) {
    Path directory = Path.of(value);
    if (value.isEmpty() || !Files.isDirectory(directory)) {
      throw new InvalidPathException(value, "not a directory");
    }
    return directory;
  }

  /** Values are raw: there is no quoting, and no comment. */
  private static Map<String, String> variables(Path file) throws IOException {
    Map<String, String> variables = new LinkedHashMap<>();
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    for (String line : text.split("\r?\n")) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        variables.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return variables;
  }
}

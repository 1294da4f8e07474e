package dev.shiplog.spring;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An application in a JVM of its own, from its start to its end.
 *
 * @param out its lines on stdout
 * @param err its lines on stderr
 */
record ChildJvm(int exit, List<String> out, List<String> err) {
  private static final int PATIENCE_SECONDS = 60;

  /** Runs {@code main} with {@code folder} before the tests' class path, and waits for its end. */
  static ChildJvm run(Path folder, Class<?> main, String... arguments) throws Exception {
    String classPath = folder + File.pathSeparator + System.getProperty("java.class.path");
    return run(folder, classPath, main, arguments);
  }

  /** The same with a class path of its own. */
  static ChildJvm run(Path folder, String classPath, Class<?> main, String... arguments)
      throws Exception {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process = start(classPath, main, arguments, out, err);
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(
            main + " did not end: " + Files.readAllLines(out) + Files.readAllLines(err));
      }
      return new ChildJvm(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process start(
      String classPath, Class<?> main, String[] arguments, Path out, Path err) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:SoftRefLRUPolicyMSPerMB=0"); // a collection takes what only caches hold
    command.add("-cp");
    command.add(classPath);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectOutput(out.toFile())
        .redirectError(err.toFile())
        .start();
  }
}

package dev.shiplog.testkit.foreign;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * A folder of {@code testkit/src/foreign} with a locked {@code package.json}, installed when it is
 * first used, into its git-ignored {@code node_modules}.
 */
final class NodePackage {
  private static final long INSTALL_SECONDS = 120;

  private final Path folder;

  private NodePackage(Path folder) {
    this.folder = folder;
  }

  /** Finds it from the working directory upwards, which Maven sets to the module's folder. */
  static NodePackage find(String name) throws ForeignUnavailableException {
    Path start = Path.of("").toAbsolutePath();
    for (Path up = start; up != null; up = up.getParent()) {
      Path folder = up.resolve("testkit/src/foreign").resolve(name);
      if (Files.exists(folder.resolve("package-lock.json"))) {
        return new NodePackage(folder);
      }
    }
    throw new ForeignUnavailableException(
        "there is no testkit/src/foreign/" + name + " at or above " + start);
  }

  Path folder() {
    return folder;
  }

  /** Makes {@code node_modules} what the lock file says; one process at a time. */
  void install() throws ForeignUnavailableException, InterruptedException {
    Path target = folder.resolve("../../../target").normalize();
    try {
      Files.createDirectories(target);
      Path lockFile = target.resolve(folder.getFileName() + ".lock");
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid() && !isInstalled()) {
          npmCi();
        }
      }
    } catch (IOException e) {
      throw new ForeignUnavailableException("npm cannot be run: " + e.getMessage());
    }
  }

  private boolean isInstalled() throws IOException {
    Path installed = folder.resolve("node_modules/.package-lock.json");
    return Files.exists(installed)
        && Files.getLastModifiedTime(installed)
                .compareTo(Files.getLastModifiedTime(folder.resolve("package-lock.json")))
            >= 0;
  }

  private void npmCi() throws IOException, ForeignUnavailableException, InterruptedException {
    Process npm =
        new ProcessBuilder("npm", "ci", "--ignore-scripts")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    Lines said = new Lines(npm.getInputStream());
    try {
      if (!npm.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS)) {
        throw new ForeignUnavailableException(
            "npm ci took more than " + INSTALL_SECONDS + " s in " + folder);
      }
      if (npm.exitValue() != 0) {
        throw new ForeignUnavailableException("npm ci failed in " + folder + ": " + said);
      }
    } finally {
      npm.destroyForcibly();
    }
  }
}

package dev.shiplog.benchmarks;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sees to it that descriptor 1 and {@code System.out} of a fork are what they say they are. */
final class DevNull {
  private DevNull() {}

  /**
   * Fails unless descriptor 1 is /dev/null, so that no subject is measured on JMH's pipe; and gives
   * {@code System.out}, which JMH takes for itself, back to descriptor 1 in the form that the JVM
   * gives it at start.
   */
  static void require() {
    try {
      Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/1"));
      if (!target.toString().equals("/dev/null")) {
        throw new IllegalStateException("stdout is " + target + ": start with benchmarks/run");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.setOut(
        new PrintStream(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 8192), false));
  }
}

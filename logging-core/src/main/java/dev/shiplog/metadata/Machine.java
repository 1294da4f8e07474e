package dev.shiplog.metadata;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where facts come from: the files below a root, and an environment.
 *
 * <p>Immutable, for any thread. Reads at most 1 MiB of a file, regular files alone (a pipe would
 * block), and never throws: what cannot be read is not there. The environment can be asked for one
 * exact name at a time and not listed, so that no variable is read that the code does not name.
 *
 * <p>Reads by {@code java.io}: a channel of {@code java.nio} closes under a thread that happens to
 * be interrupted, and then the facts would be missing. It is also the quicker one when cold.
 */
public final class Machine {
  static final int FILE_BYTES = 1 << 20;

  /** The kernel allows a page of options and two paths; a longer line is not from the kernel. */
  static final int LINE_CHARS = 16 << 10;

  private final File root;
  private final Map<String, String> environment;
  private final boolean windows;

  private Machine(File root, Map<String, String> environment) {
    this.root = root;
    this.environment = Map.copyOf(environment);
    this.windows = "Windows_NT".equals(this.environment.get("OS"));
  }

  /**
   * A machine whose files are looked up below {@code root}, such as {@code
   * ROOT/proc/self/mountinfo}.
   */
  public Machine(Path root, Map<String, String> environment) {
    this(root.toFile(), environment);
  }

  /** The machine this process runs on. */
  public static Machine here() {
    return new Machine(new File("/"), System.getenv());
  }

  /** The variable's value, or null if it is unset or blank. */
  @Nullable String variable(String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value;
  }

  /** Whether the environment is that of Windows, where no file is looked at. */
  boolean isWindows() {
    return windows;
  }

  /** Whether there is something at this absolute path, of whatever kind. */
  boolean exists(String path) {
    try {
      File file = file(path);
      return file != null && file.exists();
    } catch (SecurityException e) {
      return false;
    }
  }

  /**
   * The file's lines, each byte one character, without line ends, NULs at their ends and over-long
   * lines; none if the file cannot be read.
   */
  List<String> lines(String path) {
    byte[] bytes = bytes(path);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    List<String> lines = new ArrayList<>();
    for (int start = 0; start < text.length(); ) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        if (bytes.length == FILE_BYTES) {
          break; // cut by our own limit: half a line says something else than the whole
        }
        end = text.length();
      }
      if (end - start <= LINE_CHARS) {
        lines.add(text.substring(start, end).trim()); // trims CR and NUL as well as blanks
      }
      start = end + 1;
    }
    return lines;
  }

  /** The file's content as UTF-8, malformed input replaced; empty if it cannot be read. */
  String text(String path) {
    return new String(bytes(path), StandardCharsets.UTF_8);
  }

  private byte[] bytes(String path) {
    try {
      File file = file(path);
      if (file == null || !file.isFile()) {
        return new byte[0];
      }
      try (InputStream in = new FileInputStream(file)) {
        return in.readNBytes(FILE_BYTES);
      }
    } catch (IOException | SecurityException e) {
      return new byte[0]; // no rights, or gone meanwhile: the fact is not known
    }
  }

  /** The file below the root, or null if the path is not absolute or climbs. */
  private @Nullable File file(String path) {
    return windows || !path.startsWith("/") || path.contains("/../") ? null : new File(root, path);
  }
}

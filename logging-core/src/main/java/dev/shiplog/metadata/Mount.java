package dev.shiplog.metadata;

import org.jspecify.annotations.Nullable;

/**
 * One line of {@code /proc/self/mountinfo}.
 *
 * <pre>{@code
 * 36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue
 * (1)(2)(3)  root  point (6)        (7)...   type (9)       (10)
 * }</pre>
 *
 * @param root what of the file system is mounted, as a path within it
 * @param point where it is mounted
 * @param type the file system's type
 */
record Mount(String root, String point, String type) {

  /** The mount of this line, or null if the line has another form. */
  static @Nullable Mount parse(String line) {
    int root = after(line, after(line, after(line, 0)));
    int point = after(line, root);
    int options = after(line, point);
    int separator = options == 0 ? -1 : line.indexOf(" - ", options);
    if (separator < 0) {
      return null;
    }
    int type = separator + 3;
    int end = line.indexOf(' ', type);
    return new Mount(
        unescaped(line.substring(root, point - 1)),
        unescaped(line.substring(point, options - 1)),
        line.substring(type, end < 0 ? line.length() : end));
  }

  /** Where the field after the one at {@code start} begins; 0 if there is none. */
  private static int after(String line, int start) {
    return start < 0 ? 0 : line.indexOf(' ', start) + 1;
  }

  /** The kernel writes space, tab, newline and backslash as three octal digits. */
  private static String unescaped(String path) {
    if (path.indexOf('\\') < 0) {
      return path;
    }
    StringBuilder plain = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '\\' && i + 3 < path.length() && isOctal(path, i + 1)) {
        plain.append((char) Integer.parseInt(path.substring(i + 1, i + 4), 8));
        i += 3;
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private static boolean isOctal(String path, int start) {
    for (int i = start; i < start + 3; i++) {
      if (path.charAt(i) < '0' || path.charAt(i) > '7') {
        return false;
      }
    }
    return true;
  }
}

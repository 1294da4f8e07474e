package dev.shiplog.logback;

import java.util.ArrayList;
import java.util.List;

/**
 * A nested element such as {@code <stackTrace>}: remembers what stands in it until its parent takes
 * that over. Its setters take strings alone, so that what is malformed is told with everything
 * else. For one thread.
 */
public abstract class Group {
  private final List<String> written = new ArrayList<>();

  Group() {}

  /** Remembers that {@code name} was written with {@code value}. */
  final void put(String name, String value) {
    written.add(name);
    written.add(value);
  }

  /** Hands everything over to {@code parent}, under {@code group} and a dot. */
  final void moveTo(SharedElements parent, String group) {
    if (written.isEmpty()) {
      // Joran skips empty elements and ignores attributes; whoever wrote <tls enabled="true"/>
      // must not be left in the clear
      parent.put(group, "");
    }
    for (int i = 0; i < written.size(); i += 2) {
      parent.put(group + "." + written.get(i), written.get(i + 1));
    }
    written.clear();
  }
}

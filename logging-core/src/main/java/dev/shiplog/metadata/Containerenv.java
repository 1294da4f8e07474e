package dev.shiplog.metadata;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Podman's {@code /run/.containerenv}: empty unless the container is privileged. */
final class Containerenv {
  static final String FILE = "/run/.containerenv";

  private final Map<String, String> values = new HashMap<>();

  private Containerenv() {}

  static Containerenv read(Machine machine) {
    Containerenv read = new Containerenv();
    for (String line : machine.text(FILE).split("\n", -1)) {
      int equals = line.indexOf('=');
      String value = line.substring(equals + 1).strip();
      if (equals > 0 && value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")) {
        read.values.put(line.substring(0, equals).strip(), value.substring(1, value.length() - 1));
      }
    }
    return read;
  }

  /** The container's full id, or null. */
  @Nullable Container container() {
    String id = values.get("id");
    return id != null && Ids.isContainer(id) ? new Container(id, "podman") : null;
  }

  void find(Findings findings) {
    findings.add("container.name", values.get("name"), FILE);
    Image.find(values.get("image"), FILE, findings);
    String imageId = values.get("imageid");
    if (imageId != null && Ids.isContainer(imageId)) { // as long as a container's
      findings.add("container.image.id", "sha256:".concat(imageId), FILE);
    }
  }
}

package dev.shiplog.schema.encoder;

import dev.shiplog.record.FieldName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names that belong to the schema and to the container's metadata, whether or not a record has
 * them: a user's key of the same name is renamed, never dropped and never written twice.
 *
 * <p>Names are added while a schema is compiled, and then no more; from then on safe for any
 * thread.
 */
final class ReservedNames {
  private static final String[] PREFIXES = {
    "service.", "container.", "kubernetes.", "logging.googleapis.com/"
  };

  private final boolean nested;
  private final Set<String> names = new HashSet<>(Notes.NAMES);
  private final List<String> prefixes = new ArrayList<>(List.of(PREFIXES));

  /** Reserves what records may get beside the schema's fields. */
  ReservedNames(boolean nested) {
    this.nested = nested;
    if (nested) {
      names.add("event");
    }
  }

  /** Reserves a name, and where records are nested also the objects that it makes. */
  void add(String name) {
    names.add(name);
    if (nested) {
      for (int dot = FieldName.isPath(name) ? name.indexOf('.') : -1;
          dot > 0;
          dot = name.indexOf('.', dot + 1)) {
        names.add(name.substring(0, dot));
      }
    }
  }

  /** Reserves all names that begin so. */
  void addAll(String prefix) {
    prefixes.add(prefix);
    if (nested) {
      add(prefix.substring(0, prefix.length() - 1));
    }
  }

  /** Whether this very name is the schema's. */
  boolean contains(String name) {
    return names.contains(name);
  }

  /** Whether a user's name begins like those that are ours alone, whatever becomes of it. */
  boolean isOurs(String name) {
    for (int i = 0; i < prefixes.size(); i++) {
      if (name.startsWith(prefixes.get(i))) {
        return true;
      }
    }
    return false;
  }
}

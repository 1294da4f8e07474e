package dev.shiplog.log4j2;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.logging.log4j.Marker;
import org.jspecify.annotations.Nullable;

/** Walks over a marker and its parents, which may well be each other's. For one thread. */
final class MarkerNames {
  /** Enough for whatever people mean; a graph beyond it is an accident. */
  private static final int MOST = 256;

  private final List<Marker> seen = new ArrayList<>(4);

  /** Visits the name of each marker once, a marker before its parents. */
  void visit(Marker marker, Consumer<String> visitor) {
    try {
      visitAll(marker, visitor);
    } finally {
      seen.clear();
    }
  }

  private void visitAll(@Nullable Marker marker, Consumer<String> visitor) {
    if (marker == null || seen.size() == MOST || isSeen(marker)) {
      return;
    }
    seen.add(marker);
    String name = marker.getName();
    if (name != null) {
      visitor.accept(name);
    }
    if (marker.hasParents()) {
      for (Marker parent : marker.getParents()) {
        visitAll(parent, visitor);
      }
    }
  }

  private boolean isSeen(Marker marker) {
    for (int i = 0; i < seen.size(); i++) {
      if (seen.get(i) == marker) {
        return true;
      }
    }
    return false;
  }
}

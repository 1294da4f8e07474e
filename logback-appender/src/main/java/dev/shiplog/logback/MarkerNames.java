package dev.shiplog.logback;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/** Walks over markers and what they refer to, which may well be each other. For one thread. */
final class MarkerNames {
  /** Enough for whatever people mean; a graph beyond it is an accident. */
  private static final int MOST = 256;

  private final List<Marker> seen = new ArrayList<>(4);
  private final @Nullable StructuredFields structured;

  /** Leaves out the names of markers that are there for their fields, if there are such. */
  MarkerNames(@Nullable StructuredFields structured) {
    this.structured = structured;
  }

  /** Visits the name of each marker once, a marker before those that it refers to. */
  void visit(List<Marker> markers, Consumer<String> visitor) {
    try {
      for (int i = 0; i < markers.size(); i++) {
        visit(markers.get(i), visitor);
      }
    } finally {
      seen.clear();
    }
  }

  // deprecated without a successor: SLF4J says that references are rarely used, not that they go
  @SuppressWarnings("deprecation")
  private void visit(Marker marker, Consumer<String> visitor) {
    if (marker == null || seen.size() == MOST || isSeen(marker)) {
      return;
    }
    seen.add(marker);
    String name = marker.getName();
    if (name != null && (structured == null || !structured.isFields(marker))) {
      visitor.accept(name);
    }
    if (marker.hasReferences()) {
      for (Iterator<Marker> references = marker.iterator(); references.hasNext(); ) {
        visit(references.next(), visitor);
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

package dev.shiplog.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.shiplog.event.FieldVisitor;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import net.logstash.logback.argument.StructuredArgument;
import net.logstash.logback.marker.LogstashMarker;
import net.logstash.logback.marker.SingleFieldAppendingMarker;
import org.slf4j.Marker;

/**
 * What logstash-logback-encoder's StructuredArguments and Markers write. Where it is absent neither
 * this nor a {@link StructuredJson} can be made.
 *
 * <p>Each is written as JSON and read again. That costs a few microseconds, and only events that
 * have them.
 */
final class LogstashFields implements StructuredFields {
  /** Markers may refer to each other; deeper than this nobody means it. */
  private static final int MAX_DEPTH = 32;

  private final StructuredJson json;

  /** Reads what they write from {@code json}, which knows the version that is there. */
  LogstashFields(StructuredJson json) {
    this.json = json;
  }

  @Override
  public boolean isFields(Marker marker) {
    return marker instanceof LogstashMarker;
  }

  @Override
  public void visit(ILoggingEvent event, FieldVisitor visitor) {
    List<Marker> markers = event.getMarkerList();
    if (markers != null) {
      for (int i = 0; i < markers.size(); i++) {
        visit(markers.get(i), visitor, 0);
      }
    }
    Object[] arguments = event.getArgumentArray();
    if (arguments != null) {
      for (Object argument : arguments) {
        // to ask a final class whether it is of an interface's kind takes longest of all
        if (!(argument instanceof String)
            && !(argument instanceof Number)
            && argument instanceof StructuredArgument structured) {
          visitSafely(structured, visitor);
        }
      }
    }
  }

  // deprecated without a successor: SLF4J says that references are rarely used, not that they go
  @SuppressWarnings("deprecation")
  private void visit(Marker marker, FieldVisitor visitor, int depth) {
    if (marker instanceof LogstashMarker structured) {
      visitSafely(structured, visitor);
    }
    if (marker != null && marker.hasReferences() && depth < MAX_DEPTH) {
      for (Iterator<Marker> references = marker.iterator(); references.hasNext(); ) {
        visit(references.next(), visitor, depth + 1);
      }
    }
  }

  /** What cannot be written is told in its place, and costs nothing else of the event. */
  private void visitSafely(Object source, FieldVisitor visitor) {
    String name =
        source instanceof SingleFieldAppendingMarker single
            ? single.getFieldName()
            : "unrepresentable.argument";
    Map<String, Object> values;
    try {
      values = json.fieldsOf(source);
    } catch (Exception | StackOverflowError | LinkageError failure) {
      visitor.field(name, "<unrepresentable: " + failure.getClass().getName() + ">");
      return;
    }
    values.forEach(visitor::field);
  }
}

package dev.shiplog.schema.encoder;

import dev.shiplog.schema.TraceForm;

/**
 * What of a trace a schema has fields for, whether or not they are left out.
 *
 * <p>Filled while a schema is compiled, and then no more; from then on safe for any thread.
 */
final class TraceFields {
  private boolean id;
  private boolean span;
  private boolean flags;

  /** Notes a field of the schema's. */
  void add(TraceForm form) {
    switch (form) {
      case ID, GOOGLE_NAME -> id = true;
      case SPAN_ID -> span = true;
      case SAMPLED, FLAGS -> flags = true;
    }
  }

  boolean hasId() {
    return id;
  }

  boolean hasSpan() {
    return span;
  }

  boolean hasFlags() {
    return flags;
  }

  /** Whether there is any. */
  boolean isAny() {
    return id || span || flags;
  }
}

package dev.shiplog.logback.differential;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One way in which our records differ from the reference's, on purpose.
 *
 * @param field which field it is about
 * @param why what justifies it
 * @param rule makes of the reference's record what ours must be in this regard
 */
record Difference(String field, String why, Rule rule) {
  /** Changes the reference's record of an event; whatever no rule changes must be equal. */
  @FunctionalInterface
  interface Rule {
    void apply(Case sample, ObjectNode expected);
  }

  /**
   * One event.
   *
   * @param event the event
   * @param own the reference's record of the same event without MDC and key-values
   */
  record Case(ILoggingEvent event, ObjectNode own) {}
}

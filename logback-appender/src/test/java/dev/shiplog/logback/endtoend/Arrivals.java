package dev.shiplog.logback.endtoend;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what reaches an appender. While its configuration is being read anew Logback has no
 * appender, and what is logged then reaches nobody.
 */
public final class Arrivals extends Filter<ILoggingEvent> {
  private static final LongAdder COUNT = new LongAdder();

  /** The element for a {@code logback.xml}. */
  static final String FILTER = "<filter class='" + Arrivals.class.getName() + "'/>";

  /** How many events arrived at any appender with this filter; starts anew. */
  static long countThenReset() {
    return COUNT.sumThenReset();
  }

  @Override
  public FilterReply decide(ILoggingEvent event) {
    COUNT.increment();
    return FilterReply.NEUTRAL;
  }
}

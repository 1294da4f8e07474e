package dev.shiplog.log4j2.endtoend;

import java.util.concurrent.atomic.LongAdder;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.Node;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;
import org.apache.logging.log4j.core.filter.AbstractFilter;

/**
 * Counts what reaches an appender: Log4j asks an appender's filter for each event, right before it
 * hands it over.
 */
@Plugin(name = "Arrivals", category = Node.CATEGORY, elementType = Filter.ELEMENT_TYPE)
public final class Arrivals extends AbstractFilter {
  private static final LongAdder COUNT = new LongAdder();

  /** Called by Log4j for each {@code <Arrivals/>}. */
  @PluginFactory
  public static Arrivals create() {
    return new Arrivals();
  }

  /** How many events arrived at any appender with this filter; starts anew. */
  static long countThenReset() {
    return COUNT.sumThenReset();
  }

  @Override
  public Result filter(LogEvent event) {
    COUNT.increment();
    return Result.NEUTRAL;
  }
}

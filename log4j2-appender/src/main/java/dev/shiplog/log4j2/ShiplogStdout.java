package dev.shiplog.log4j2;

import dev.shiplog.config.Scope;
import dev.shiplog.config.Settings;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.config.Node;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;
import org.jspecify.annotations.Nullable;

/** Writes events to the container's standard output: {@code stdout.*} of the key table. */
@Plugin(
    name = "ShiplogStdout",
    category = Node.CATEGORY,
    elementType = Appender.ELEMENT_TYPE,
    printObject = true,
    deferChildren = true)
public final class ShiplogStdout extends ShiplogAppender {
  /**
   * An appender for shiplog's own starter; others have Log4j's {@code ConfigurationBuilder}.
   *
   * @param settings of the scope {@link Scope#STDOUT}
   * @param context what the configuration is called that the appender is part of
   */
  public ShiplogStdout(String name, @Nullable Filter filter, Settings settings, String context) {
    super(name, filter, settings, context);
  }

  /** Called by Log4j for each {@code <ShiplogStdout>}. */
  @PluginFactory
  static ShiplogStdout create(@WholeElement Element element) {
    String name = element.name();
    return new ShiplogStdout(
        name, element.filter(), element.settings(Scope.STDOUT, name), element.context());
  }
}

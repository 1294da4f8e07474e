package dev.shiplog.log4j2;

import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Node;
import org.apache.logging.log4j.core.config.plugins.visitors.AbstractPluginVisitor;

/**
 * Takes over what stands in a plugin's element. Public for Log4j, which makes one for each element.
 */
public final class ElementVisitor extends AbstractPluginVisitor<WholeElement> {
  /** A visitor for one element. */
  public ElementVisitor() {
    super(WholeElement.class);
  }

  /** Log4j prints {@code log}: nothing goes there, since values may be secret. */
  @Override
  public Object visit(Configuration configuration, Node node, LogEvent event, StringBuilder log) {
    Element element =
        new Element(configuration, node, event, text -> substitutor.replace(event, text));
    // Log4j complains about attributes that nobody took
    node.getAttributes().clear();
    return element;
  }
}

package dev.shiplog.log4j2;

import org.apache.logging.log4j.core.config.Node;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginAliases;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;

/**
 * The elements inside those of the appenders and the layout: groups of settings, such as {@code
 * <Spool dir="…"/>}, and settings that repeat, such as {@code <Endpoint value="…"/>}.
 *
 * <p>Log4j drops an XML element that it has no plugin for. This gives them their names; what stands
 * in them is read by the plugin that they stand in.
 *
 * <p>These names hold in all of a file, for everybody's elements: Log4j makes {@code
 * <pattern>%m</pattern>} an attribute of what it stands in only where no plugin has that name. So a
 * name that others commonly write so is none of these. Settings that would need it are attributes
 * of a group that repeats, or Log4j's own {@code <Property name="…" value="…"/>}; in XML their
 * elements are found all the same, by {@link XmlElements}. Two groups are called like an attribute
 * of BurstFilter and of log4j-mongodb, and give it back.
 */
@Plugin(name = "Service", category = Node.CATEGORY, deferChildren = true)
@PluginAliases({
  "Auth",
  "Buffer",
  "Capture",
  "Chunk",
  "Connection",
  "DeadLetter",
  "Endpoint",
  "Exclude",
  "Gcp",
  "Include",
  "Kv",
  "Limits",
  "Mask",
  "Mdc",
  "Metadata",
  "Rate",
  "Rename",
  "Retry",
  "Spool",
  "StackTrace",
  "TagRule",
  "Timestamp",
  "Tls"
})
public final class SettingElement {
  private SettingElement() {}

  /** Called by Log4j where such an element stands in a plugin that is not shiplog's. */
  @PluginFactory
  static SettingElement create(@WholeElement Element element) {
    element.becomeAttribute();
    return new SettingElement();
  }
}

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
  "Field",
  "Gcp",
  "Include",
  "Key",
  "Kv",
  "Limits",
  "Mask",
  "Mdc",
  "Metadata",
  "Pattern",
  "Preset",
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
    return new SettingElement();
  }
}

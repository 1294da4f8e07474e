package dev.shiplog.log4j2;

import dev.shiplog.Shiplog;
import dev.shiplog.config.Keys;
import dev.shiplog.config.Scope;
import dev.shiplog.config.Settings;
import dev.shiplog.pipeline.Pool;
import dev.shiplog.pipeline.RecordBytes;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.StringLayout;
import org.apache.logging.log4j.core.config.Node;
import org.apache.logging.log4j.core.config.plugins.Plugin;
import org.apache.logging.log4j.core.config.plugins.PluginFactory;
import org.apache.logging.log4j.core.impl.LocationAware;
import org.apache.logging.log4j.core.layout.ByteBufferDestination;

/**
 * Turns events into JSON lines for an appender of Log4j's or somebody else's, such as {@code
 * RollingFile}. Safe for any thread.
 */
@Plugin(
    name = "ShiplogLayout",
    category = Node.CATEGORY,
    elementType = Layout.ELEMENT_TYPE,
    printObject = true,
    deferChildren = true)
public final class ShiplogLayout implements StringLayout, LocationAware {
  private static final byte[] NOTHING = {};

  private final boolean callerData;
  private final RecordBytes encoder;
  private final Pool<Log4jEvent> views = new Pool<>(Log4jEvent::new);

  /**
   * A layout for whoever configures in code.
   *
   * @param settings of the scope {@link Scope#ENCODER}
   */
  public ShiplogLayout(Settings settings) {
    callerData = settings.get(Keys.CALLER_DATA);
    encoder =
        Shiplog.encoder(
            settings, new Log4jStatus("ShiplogLayout"), ShiplogLayout.class.getClassLoader());
  }

  /** Called by Log4j for each {@code <ShiplogLayout>}. */
  @PluginFactory
  static ShiplogLayout create(@WholeElement Element element) {
    return new ShiplogLayout(element.settings(Scope.ENCODER, ""));
  }

  @Override
  public byte[] toByteArray(LogEvent event) {
    Log4jEvent view = views.take();
    byte[] bytes = encoder.encode(view.show(event));
    view.clear();
    views.give(view);
    return bytes;
  }

  @Override
  public String toSerializable(LogEvent event) {
    return new String(toByteArray(event), StandardCharsets.UTF_8);
  }

  /** Allocates nothing that the event does not make it allocate. */
  @Override
  public void encode(LogEvent event, ByteBufferDestination destination) {
    Log4jEvent view = views.take();
    try {
      encoder.encode(view.show(event), destination, ByteBufferDestination::writeBytes);
    } finally {
      view.clear();
      views.give(view);
    }
  }

  @Override
  public boolean requiresLocation() {
    return callerData;
  }

  @Override
  public byte[] getHeader() {
    return NOTHING;
  }

  @Override
  public byte[] getFooter() {
    return NOTHING;
  }

  @Override
  public Charset getCharset() {
    return StandardCharsets.UTF_8;
  }

  @Override
  public String getContentType() {
    return "application/json";
  }

  @Override
  public Map<String, String> getContentFormat() {
    return Map.of();
  }

  @Override
  public String toString() {
    return "ShiplogLayout";
  }
}

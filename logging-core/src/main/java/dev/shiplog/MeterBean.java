package dev.shiplog;

import dev.shiplog.event.Severity;
import dev.shiplog.status.DropReason;
import dev.shiplog.status.Meters;
import dev.shiplog.status.Meters.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanInfo;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenMBeanAttributeInfo;
import javax.management.openmbean.OpenMBeanAttributeInfoSupport;
import javax.management.openmbean.OpenMBeanConstructorInfo;
import javax.management.openmbean.OpenMBeanInfoSupport;
import javax.management.openmbean.OpenMBeanOperationInfo;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one pipeline as JMX shows them: read-only, in open types, so that a console needs
 * no class of ours. What is read in one call is of one moment, and balances as a snapshot does.
 *
 * <p>Holds the meters and nothing else of the pipeline. Safe for any thread.
 */
final class MeterBean implements DynamicMBean {
  private static final String[] REASONS = names(DropReason.values());
  private static final String[] LEVELS = names(Severity.values());
  private static final CompositeType BY_LEVEL =
      composite("ByLevel", "events by severity", LEVELS, SimpleType.LONG);
  private static final CompositeType BY_REASON =
      composite("ByReason", "events by reason", REASONS, SimpleType.LONG);
  private static final CompositeType BY_REASON_AND_LEVEL =
      composite("ByReasonAndLevel", "events by reason and severity", REASONS, BY_LEVEL);
  private static final Map<String, Shown> SHOWN = shown();
  private static final MBeanInfo INFO = info();

  private final Meters meters;

  MeterBean(Meters meters) {
    this.meters = meters;
  }

  private record Shown(OpenType<?> type, String meaning, Function<Snapshot, Object> value) {}

  private static Map<String, Shown> shown() {
    Map<String, Shown> shown = new LinkedHashMap<>();
    shown.put("Accepted", events("that the sink took", Snapshot::accepted));
    shown.put("Refused", events("that the sink did not take", Snapshot::refused));
    shown.put("Recovered", events("that a spool brought back", Snapshot::recovered));
    shown.put("Delivered", events("handed over: written, or acknowledged", Snapshot::delivered));
    shown.put("Pending", events("that wait or are under way", Snapshot::pending));
    shown.put(
        "Dropped",
        new Shown(BY_REASON, "events given up", at -> byReason(BY_REASON, at.dropped())));
    shown.put(
        "DroppedByLevel",
        new Shown(BY_REASON_AND_LEVEL, "events given up", MeterBean::byReasonAndLevel));
    shown.put("Truncated", events("cut to the byte budget", Snapshot::truncated));
    shown.put("Bytes", number("encoded bytes of all accepted events", Snapshot::bytes));
    shown.put("EncodeFailures", events("that could not be encoded", Snapshot::encodeFailures));
    shown.put("ChunksAcked", number("chunks acknowledged", Snapshot::chunksAcked));
    shown.put("ChunksRetried", number("chunks sent again", Snapshot::chunksRetried));
    shown.put("ChunksRejected", number("chunks given up", Snapshot::chunksRejected));
    shown.put(
        "AckNanos", number("nanoseconds from sending to acknowledgement, sum", Snapshot::ackNanos));
    shown.put("BufferBytes", number("bytes of memory with pending events", Snapshot::bufferBytes));
    shown.put("SpoolBytes", number("bytes on disk with pending events", Snapshot::spoolBytes));
    shown.put(
        "EndpointUp",
        new Shown(SimpleType.BOOLEAN, "whether the last attempt succeeded", Snapshot::endpointUp));
    shown.put("Retagged", events("under the constant tag, beyond maxTags", Snapshot::retagged));
    shown.put("Renamed", number("objects that nesting called name_", Snapshot::renamed));
    return shown;
  }

  private static Shown events(String which, Function<Snapshot, Object> value) {
    return number("events " + which, value);
  }

  private static Shown number(String meaning, Function<Snapshot, Object> value) {
    return new Shown(SimpleType.LONG, meaning, value);
  }

  private static CompositeData byReasonAndLevel(Snapshot at) {
    Map<DropReason, CompositeData> values = new LinkedHashMap<>();
    at.droppedByLevel()
        .forEach((reason, levels) -> values.put(reason, data(BY_LEVEL, LEVELS, levels.toArray())));
    return byReason(BY_REASON_AND_LEVEL, values);
  }

  private static CompositeData byReason(CompositeType type, Map<DropReason, ?> values) {
    return data(type, REASONS, Stream.of(DropReason.values()).map(values::get).toArray());
  }

  private static CompositeData data(CompositeType type, String[] names, Object[] values) {
    try {
      return new CompositeDataSupport(type, names, values);
    } catch (OpenDataException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CompositeType composite(
      String name, String meaning, String[] items, OpenType<?> type) {
    OpenType<?>[] types = Stream.of(items).map(item -> type).toArray(OpenType<?>[]::new);
    try {
      return new CompositeType(name, meaning, items, items, types);
    } catch (OpenDataException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String[] names(Enum<?>[] values) {
    return Stream.of(values).map(Enum::name).toArray(String[]::new);
  }

  private static MBeanInfo info() {
    List<OpenMBeanAttributeInfo> attributes = new ArrayList<>();
    SHOWN.forEach(
        (name, shown) ->
            attributes.add(
                new OpenMBeanAttributeInfoSupport(
                    name, shown.meaning(), shown.type(), true, false, false)));
    return new OpenMBeanInfoSupport(
        MeterBean.class.getName(),
        "What a pipeline of shiplog took, delivered and lost",
        attributes.toArray(OpenMBeanAttributeInfo[]::new),
        new OpenMBeanConstructorInfo[0],
        new OpenMBeanOperationInfo[0],
        null);
  }

  @Override
  public Object getAttribute(String attribute) throws AttributeNotFoundException {
    Shown shown = SHOWN.get(attribute);
    if (shown == null) {
      throw new AttributeNotFoundException(attribute);
    }
    return shown.value().apply(meters.snapshot());
  }

  @Override
  public AttributeList getAttributes(String[] attributes) {
    Snapshot now = meters.snapshot();
    AttributeList values = new AttributeList();
    for (String attribute : attributes) {
      Shown shown = SHOWN.get(attribute);
      if (shown != null) {
        values.add(new Attribute(attribute, shown.value().apply(now)));
      }
    }
    return values;
  }

  @Override
  public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
    throw new AttributeNotFoundException(attribute.getName() + " is read-only");
  }

  @Override
  public AttributeList setAttributes(AttributeList attributes) {
    return new AttributeList();
  }

  @Override
  public Object invoke(
      String action, Object @Nullable [] arguments, String @Nullable [] signature) {
    throw new UnsupportedOperationException(action);
  }

  @Override
  public MBeanInfo getMBeanInfo() {
    return INFO;
  }
}

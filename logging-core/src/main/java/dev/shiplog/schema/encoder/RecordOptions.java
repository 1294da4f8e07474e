package dev.shiplog.schema.encoder;

import dev.shiplog.record.ObjectForm;
import dev.shiplog.record.TextMask;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Everything about a record that is not in its schema; immutable, read from the settings once.
 *
 * @param fields rule for all names, the schema's own included
 * @param context rule for keys of the MDC, before {@code fields}
 * @param keyValues rule for keys of key-values, before {@code fields}
 * @param configured the static fields
 * @param facts what is known of the process and its service, by OpenTelemetry name
 * @param metadata the container's fields, by style of names
 * @param timestampField the name of the time instead of the schema's, or empty
 * @param timestampDecimals 0 to 9
 * @param maxFields how many user fields a record may have
 * @param maxDepth how deep values may be nested
 * @param maxKeyBytes how long a user's name may be
 * @param maxEventBytes how long the whole record may be
 * @param maskedKeys names whose values are hidden
 * @param maskReplacement what stands for them
 * @param mask hides secrets within the texts of events, of users' fields and of static ones
 * @param split whether a longer one becomes several, instead of losing what is too much
 */
public record RecordOptions(
    boolean nested,
    NameRule fields,
    NameRule context,
    NameRule keyValues,
    Map<String, ?> configured,
    Map<String, ?> facts,
    Function<String, ContainerFields> metadata,
    String timestampField,
    int timestampDecimals,
    int maxFields,
    int maxDepth,
    int maxKeyBytes,
    int maxEventBytes,
    boolean valuesAsTexts,
    ObjectForm objects,
    List<String> maskedKeys,
    String maskReplacement,
    TextMask mask,
    StackTraceOptions stackTrace,
    boolean callerData,
    boolean sequence,
    boolean split) {

  /** The defaults of the settings, with {@code facts} and no container metadata. */
  public static RecordOptions defaults(Map<String, ?> facts, int maxEventBytes) {
    return new RecordOptions(
        false,
        NameRule.ALL,
        NameRule.ALL,
        NameRule.ALL,
        Map.of(),
        facts,
        names -> ContainerFields.NONE,
        "",
        9,
        256,
        16,
        256,
        maxEventBytes,
        false,
        ObjectForm.TEXT,
        MaskedNames.DEFAULT,
        "****",
        TextMask.NONE,
        StackTraceOptions.DEFAULT,
        false,
        false,
        false);
  }
}

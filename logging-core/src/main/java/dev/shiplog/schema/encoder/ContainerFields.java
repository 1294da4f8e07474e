package dev.shiplog.schema.encoder;

import dev.shiplog.event.Severity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The container's metadata under one style of names. Names are reserved whatever is known: a user's
 * key must not be called otherwise for what was detected, or for how much of it a record has.
 *
 * @param known what goes into each record, by name
 * @param names all names that such a field may have, those of {@code known} included
 * @param prefixes what else begins so may be such a field too
 * @param bySeverity what depends on the event's severity, by name
 */
public record ContainerFields(
    Map<String, ?> known,
    Set<String> names,
    List<String> prefixes,
    Map<String, Function<Severity, @Nullable Object>> bySeverity) {
  /** No metadata, and no names for it. */
  public static final ContainerFields NONE = of(Map.of());

  /** What is known, where nothing else could be. */
  public static ContainerFields of(Map<String, ?> known) {
    return new ContainerFields(known, known.keySet(), List.of(), Map.of());
  }
}

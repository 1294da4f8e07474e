package dev.shiplog;

import dev.shiplog.config.Keys;
import dev.shiplog.config.Settings;
import dev.shiplog.record.SecretKind;
import dev.shiplog.record.SecretMask;
import dev.shiplog.record.TextMask;
import dev.shiplog.schema.encoder.MaskedNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads from the settings what is hidden: values by their names, and secrets within texts. */
final class Secrets {
  private final Settings settings;
  private final List<String> names;
  private final TextMask mask;

  Secrets(Settings settings) {
    this.settings = settings;
    this.names = dev.shiplog.config.MaskedNames.of(settings, MaskedNames.DEFAULT);
    this.mask = mask(settings);
  }

  /** The names whose values are hidden. */
  List<String> names() {
    return names;
  }

  /** Hides secrets within texts. */
  TextMask mask() {
    return mask;
  }

  /**
   * Whether the value of a user's key is hidden in records, under the key itself or under a name
   * that it may get there.
   */
  Predicate<String> keys() {
    MaskedNames masked = new MaskedNames(names);
    Map<String, String> renames = new RecordRules(settings).renames();
    List<String> prefixes =
        List.of(
            "",
            settings.find(Keys.MDC_PREFIX).orElse(""),
            settings.find(Keys.KV_PREFIX).orElse(""));
    return key ->
        masked.test(key)
            || prefixes.stream()
                .map(prefix -> prefix + key)
                .map(name -> renames.getOrDefault(name, name))
                .anyMatch(masked);
  }

  private static TextMask mask(Settings settings) {
    String replacement = settings.get(Keys.MASK_REPLACEMENT);
    if (settings.masksUnsurely()) {
      // what is not sent may still overflow to stdout, or wait in a spool for a better day
      return text -> replacement;
    }
    List<Pattern> patterns = patterns(settings.all(Keys.MASK_PATTERN));
    List<SecretKind> kinds =
        settings.all(Keys.MASK_PRESET).stream()
            .map(preset -> SecretKind.valueOf(preset.name()))
            .toList();
    return SecretMask.of(patterns, kinds, replacement);
  }

  /** Compiled; that they can be has been checked. */
  static List<Pattern> patterns(List<String> texts) {
    List<Pattern> patterns = new ArrayList<>();
    for (String text : texts) {
      patterns.add(Pattern.compile(text));
    }
    return patterns;
  }
}

package dev.shiplog.schema.encoder;

import dev.shiplog.record.ObjectForm;
import dev.shiplog.record.SecretKind;
import dev.shiplog.record.SecretMask;
import dev.shiplog.record.TextMask;
import dev.shiplog.record.jackson.ObjectForms;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Every schema, flat and nested, from limits that nothing fits into to roomy ones. */
final class HostileSetups {
  private static final int[] LIMITS = {256, 400, 1_000, 2_048, 16_384, 16_384, 16_384, 262_144};

  /** OTLP's frame alone takes some 300 bytes; the least that can be set is 1 KB. */
  private static final int LEAST_FOR_OTLP = 600;

  private HostileSetups() {}

  /** A schema and what its records look like. */
  record Setup(String schema, RecordOptions options) {
    @Override
    public String toString() {
      return schema
          + (options.nested() ? " nested " : " flat ")
          + options.maxEventBytes()
          + (options.split() ? " split " : " ")
          + options.stackTrace();
    }
  }

  static List<Setup> all() {
    List<Setup> setups = new ArrayList<>();
    ObjectForm jackson = ObjectForms.detect(null);
    TextMask secrets =
        SecretMask.of(
            List.of(Pattern.compile("(x+)+y|(a|\\W)*b")),
            EnumSet.allOf(SecretKind.class),
            "\u001b\uD83C*$1");
    int i = 0;
    for (String schema : List.of("ecs", "logstash", "gcp", "gelf", "otlp")) {
      for (boolean nested : new boolean[] {false, true}) {
        for (int most : LIMITS) {
          int limit = schema.equals("otlp") ? Math.max(most, LEAST_FOR_OTLP) : most;
          boolean odd = i++ % 2 == 1;
          StackTraceOptions trace =
              new StackTraceOptions(
                  i % 3 == 0 ? StackTraceOptions.Format.ARRAY : StackTraceOptions.Format.STRING,
                  i % 4 == 1,
                  i % 5 == 1 ? 10 : Integer.MAX_VALUE,
                  i % 5 == 2 ? 500 : Integer.MAX_VALUE,
                  List.of(),
                  odd,
                  true);
          ObjectForm objects = odd ? jackson : ObjectForm.TEXT;
          TextMask mask = i % 9 == 1 ? secrets : TextMask.NONE;
          setups.add(
              new Setup(schema, options(nested, limit, i % 7 == 0, objects, mask, trace, i)));
        }
      }
    }
    return setups;
  }

  private static RecordOptions options(
      boolean nested,
      int limit,
      boolean texts,
      ObjectForm objects,
      TextMask mask,
      StackTraceOptions trace,
      int i) {
    RecordOptions defaults =
        RecordOptions.defaults(Map.of("service.name", "gallery", "process.pid", 7), limit);
    return new RecordOptions(
        nested,
        NameRule.ALL,
        NameRule.ALL,
        NameRule.ALL,
        Map.of("static.field", "é"),
        defaults.facts(),
        defaults.metadata(),
        "",
        9,
        256,
        16,
        256,
        limit,
        texts,
        objects,
        MaskedNames.DEFAULT,
        "****",
        mask,
        trace,
        true,
        i % 4 == 0,
        i % 4 >= 2);
  }
}

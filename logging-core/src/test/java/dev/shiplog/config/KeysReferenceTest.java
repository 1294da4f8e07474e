package dev.shiplog.config;

import dev.shiplog.schema.Written;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of all settings is what the key table says. */
class KeysReferenceTest {
  private static final Path PAGE = Path.of("../docs/reference/keys.md");

  private static final String HEAD =
      """
      # Keys

      Every setting of every appender, encoder and layout. This page is generated from the key table, from which
      parsing and messages come too; a test compares them.

      | where | how `spool.maxBytes` is written there |
      |---|---|
      | logback.xml | `<spool><maxBytes>1GB</maxBytes></spool>` |
      | log4j2.xml | `<Spool maxBytes="1GB"/>`, any key as `<Property name="spool.maxBytes" value="1GB"/>`: [more](../log4j2.md#configuration) |
      | Spring Boot | `shiplog.fluentd.spool.max-bytes`, with relaxed binding; then Spring's environment is the only source |
      | system property | `-Dshiplog.fluentd.spool.maxBytes=1GB` |
      | environment | `SHIPLOG_FLUENTD_SPOOL_MAX_BYTES=1GB`: a capital inside a word begins a new one |

      A system property beats the environment, the environment beats the file. Outside the file, names are looked up in this order:

      | namespace | variables | for |
      |---|---|---|
      | `shiplog.appender.NAME.` | `SHIPLOG_APPENDER_NAME_` | the appender of that name |
      | `shiplog.stdout.`, `.fluentd.`, `.encoder.` | `SHIPLOG_STDOUT_`, `…` | every appender of that kind; an appender with `prefix` has that namespace instead |
      | `shiplog.` | `SHIPLOG_` | all of them: the keys of the first table alone |

      What is wrong is told at start, all of it at once, with key, value, rule and source; that key is then as if it were not set.
      `tls.*`, `auth.*` and `mask.*` fail closed instead: nothing is sent until they are put right.

      *Size*: a number with `B`, `KB`, `MB` or `GB`, in powers of 1024. *Duration*: a number with `ns`, `us`, `ms`, `s`, `m`, `h`
      or `d`, or ISO-8601 (`PT5S`). *Repeatable*: once a value in files; outside of them with `.0`, `.1` (`_0`, `_1`) behind the name, or
      with commas between values, but where the table says *no commas*. *Secret*: never shown by anything. *In files alone*:
      whoever starts the process cannot set it. No default: off, or as the last column says.
      """;

  @Test
  void page_isWhatTheKeyTableSays() {
    Written.is(
        PAGE,
        HEAD
            + "\n## All: appenders, encoders, layouts\n\n"
            + KeysPage.of(Section.SHARED)
            + "\n## Stdout\n\n"
            + KeysPage.of(Section.STDOUT)
            + "\n## Fluentd\n\n"
            + KeysPage.of(Section.FLUENTD));
  }
}

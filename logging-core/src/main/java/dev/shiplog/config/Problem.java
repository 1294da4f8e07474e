package dev.shiplog.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong with the settings, in words for the operator.
 *
 * @param key the key with its section, or what was written in place of one
 * @param value what was written, made fit to be shown; null for secret and unknown keys
 * @param rule what is wrong with it
 * @param source where it was written
 * @param consequence what is done about it
 * @param closes whether the appender must not send because of it
 */
public record Problem(
    String key,
    @Nullable String value,
    String rule,
    String source,
    String consequence,
    boolean closes) {
  static final String CLOSED = "nothing is sent until this is put right";

  private static final String FLUENTD = "fluentd.";
  private static final int SHOWN_CHARACTERS = 120;
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");
  private static final Pattern CREDENTIALS = Pattern.compile("[^\\s/,]*@");

  /** {@code value} as messages show it: one line, not too long, without user and password. */
  static String shown(String value) {
    String line = CONTROL.matcher(value).replaceAll("?");
    String open = CREDENTIALS.matcher(line).replaceAll("****@");
    return open.length() <= SHOWN_CHARACTERS ? open : open.substring(0, SHOWN_CHARACTERS) + "…";
  }

  /** A problem of a security setting that only shows when it is used: nothing is sent. */
  public static Problem closing(String key, String value, String rule, String source) {
    return new Problem(key, shown(value), rule, source, CLOSED, true);
  }

  /** Whether it is about {@code tls} or {@code auth}, be they misspelt. */
  boolean isOfConnections() {
    String name = key.startsWith(FLUENTD) ? key.substring(FLUENTD.length()) : key;
    String head = name.split("[._]", 2)[0];
    return NearestKey.isNear(head, "tls") || NearestKey.isNear(head, "auth");
  }

  /** A problem that only shows when a setting is used, and what is done about it. */
  public static Problem harmless(
      String key, String value, String rule, String source, String consequence) {
    return new Problem(key, shown(value), rule, source, consequence, false);
  }

  /** For instance {@code fluentd.maxTags: 70000, must be 1 to 65536 (logback.xml); 256 is used}. */
  @Override
  public String toString() {
    return shown(key)
        + ": "
        + (value == null ? "" : value + ", ")
        + rule
        + " ("
        + source
        + "); "
        + consequence;
  }
}

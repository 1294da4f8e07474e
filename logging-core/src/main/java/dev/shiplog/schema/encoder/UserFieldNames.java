package dev.shiplog.schema.encoder;

import dev.shiplog.record.FieldName;
import dev.shiplog.record.KeyText;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of the keys of one source (MDC or key-values), and remembers it.
 *
 * <p>Safe for any thread: the table holds immutable decisions and a lost one is made again. It is
 * bounded: keys that meet in a slot replace each other.
 */
final class UserFieldNames {
  private static final int SLOTS = 512;

  private final UserField[] slots = new UserField[SLOTS];
  private final String source;
  private final NameRule own;
  private final NameRule all;
  private final ReservedNames reserved;
  private final Predicate<String> masked;
  private final int maxKeyBytes;
  private final UnaryOperator<String> shape;
  private final Function<String, FieldName> names;

  /**
   * Decides for the keys of {@code source}.
   *
   * @param source {@code mdc} or {@code kv}: what a colliding key is prefixed with
   * @param shape what the schema makes of a user's name
   * @param names encodes names
   */
  UserFieldNames(
      String source,
      NameRule own,
      NameRule all,
      ReservedNames reserved,
      Predicate<String> masked,
      int maxKeyBytes,
      UnaryOperator<String> shape,
      Function<String, FieldName> names) {
    this.source = source;
    this.own = own;
    this.all = all;
    this.reserved = reserved;
    this.masked = masked;
    this.maxKeyBytes = maxKeyBytes;
    this.shape = shape;
    this.names = names;
  }

  UserField of(@Nullable String key) {
    if (key == null) {
      return new UserField("null", decide("null").name(), false, false);
    }
    int hash = key.hashCode();
    int slot = (hash ^ hash >>> 16) & SLOTS - 1;
    UserField known = slots[slot];
    if (known != null && known.key().equals(key)) {
      return known;
    }
    UserField decided = decide(key);
    if (key.length() <= maxKeyBytes) {
      slots[slot] = decided;
    }
    return decided;
  }

  /** A field like {@code field} with a name that is not {@code taken}. */
  UserField renamed(UserField field, Predicate<String> taken) {
    String key = KeyText.clean(field.key(), maxKeyBytes);
    String name = shape.apply(source + '.' + key);
    for (int i = 2; taken.test(name) || reserved.contains(name); i++) {
      name = shape.apply(source + '.' + key + '_' + i);
    }
    return new UserField(field.key(), encode(name), field.masked(), false);
  }

  private UserField decide(String key) {
    String clean = KeyText.clean(key, maxKeyBytes);
    String let = own.apply(clean.isEmpty() ? "_" : clean);
    String wanted = let == null ? null : all.apply(let);
    if (wanted == null) {
      return new UserField(key, null, false, true);
    }
    String name = shape.apply(wanted);
    if (reserved.contains(name) || reserved.isOurs(wanted)) {
      name = shape.apply(source + '.' + wanted);
      for (int i = 2; reserved.contains(name); i++) {
        name = shape.apply(source + '.' + wanted + '_' + i);
      }
    }
    boolean mask = masked.test(key) || masked.test(name);
    return new UserField(key, encode(name), mask, name.equals(key));
  }

  private FieldName encode(String name) {
    return names.apply(name);
  }
}

package dev.shiplog.logback;

import ch.qos.logback.core.Context;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusListener;
import dev.shiplog.config.FileValues;
import dev.shiplog.config.Scope;
import dev.shiplog.config.Settings;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code logback.xml} says about one appender or encoder, until it starts.
 *
 * <p>Joran drops an element for which it finds no setter, with a warning of its own. A misspelt
 * {@code <tls>} must not end there; so these warnings are listened to while the element is being
 * read, and the names in them become unknown keys like any others. Configured by one thread.
 */
final class Elements implements StatusListener {
  private static final Pattern IGNORED =
      Pattern.compile(
          "Ignoring unknown property \\[(.*)] in \\[dev\\.shiplog\\.logback\\.(?:\\w+\\$)?(\\w+)]");

  private final FileValues values = new FileValues("logback.xml");
  private final Set<String> misspelt = new HashSet<>();
  private final String owner;
  private @Nullable Context listened;

  Elements(Class<?> owner) {
    this.owner = owner.getSimpleName();
  }

  void put(String key, String value) {
    boolean told = value.isEmpty() && misspelt.contains(key);
    if (!told) {
      values.set(key, value);
    }
  }

  /** Listens to what Joran finds in the element from now on. */
  void opened(Context context) {
    closed();
    if (context.getStatusManager() != null) {
      context.getStatusManager().add(this);
      listened = context;
    }
  }

  /** The element has been read. */
  void closed() {
    Context context = listened;
    listened = null;
    if (context != null && context.getStatusManager() != null) {
      context.getStatusManager().remove(this);
    }
  }

  @Override
  public void addStatusEvent(Status status) {
    String message = status.getMessage();
    Matcher matcher = message == null ? null : IGNORED.matcher(message);
    if (matcher != null && matcher.matches()) {
      String type = matcher.group(2);
      String group = type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
      if (type.equals(owner)) {
        values.set(matcher.group(1), "");
      } else {
        misspelt.add(group);
        values.set(group + "." + matcher.group(1), "");
      }
    }
  }

  /** What is in effect, with what stands outside of the file. */
  Settings settings(Scope scope, @Nullable String name, @Nullable Context context) {
    return Settings.reader(scope)
        .name(name)
        .file(values)
        .outside(context, Elements.class.getClassLoader())
        .read();
  }
}

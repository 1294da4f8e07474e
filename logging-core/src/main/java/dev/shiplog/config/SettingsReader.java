package dev.shiplog.config;

import dev.shiplog.config.Settings.Setting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings of one appender from its file, the environment and the system properties; the
 * last wins over the others, the first over none. Not safe for several threads.
 */
public final class SettingsReader {
  private final Scope scope;
  private String name = "";
  private FileValues file = new FileValues("file");
  private Map<String, String> environment = Map.of();
  private Map<String, String> properties = Map.of();
  private @Nullable Object context;
  private @Nullable ClassLoader overlays;

  SettingsReader(Scope scope) {
    this.scope = scope;
  }

  /** The appender's name, for {@code SHIPLOG_APPENDER_<NAME>_…}. */
  public SettingsReader name(@Nullable String name) {
    this.name = name == null ? "" : name;
    return this;
  }

  /** What the configuration file says. */
  public SettingsReader file(FileValues file) {
    this.file = file;
    return this;
  }

  /** The environment, such as {@link System#getenv()}. */
  public SettingsReader environment(Map<String, String> environment) {
    this.environment = environment;
    return this;
  }

  /** The system properties. */
  public SettingsReader properties(Map<String, String> properties) {
    this.properties = properties;
    return this;
  }

  /**
   * What the environment of the application's framework says, if it has one of its own (see {@link
   * SettingsOverlay}), else the environment and the system properties of this process.
   *
   * @param context the logging framework's; null if that is not known
   * @param loader where overlays are looked for
   */
  public SettingsReader outside(@Nullable Object context, ClassLoader loader) {
    this.context = context;
    this.overlays = loader;
    return this;
  }

  /** The environment and the system properties of this process. */
  public SettingsReader ofThisProcess() {
    Map<String, String> strings = new HashMap<>();
    Properties all = System.getProperties();
    for (String property : all.stringPropertyNames()) {
      String value = all.getProperty(property);
      if (value != null) { // another thread may have removed it meanwhile
        strings.put(property, value);
      }
    }
    return environment(System.getenv()).properties(strings);
  }

  /** Reads everything and finds all problems at once. */
  public Settings read() {
    List<Key<?>> keys = Keys.of(scope);
    Draft draft = new Draft(scope);
    Found inFile = Found.in(file, keys);
    String prefix = prefix(inFile);
    Namespaces namespaces = Namespaces.of(scope, name, prefix);
    Elsewhere elsewhere = Elsewhere.of(scope, name, prefix);
    Outside outside = outside(prefix);
    Found inEnvironment =
        new FlatSource(Spelling.VARIABLE, environment).read(namespaces, keys, elsewhere);
    Found inProperties =
        new FlatSource(Spelling.PROPERTY, properties).read(namespaces, keys, elsewhere);
    Found inOverlay = Found.in(outside.values(), keys, elsewhere);
    Found alreadyRead =
        new FlatSource(Spelling.VARIABLE, outside.values().variables())
            .read(namespaces, keys, elsewhere);
    List.of(inOverlay, alreadyRead, inProperties, inEnvironment, inFile)
        .forEach(found -> found.strays().forEach(draft::unknown));
    for (Key<?> key : keys) {
      List<Written> over = inOverlay.values(key);
      if (over.isEmpty()) {
        read(key, inProperties.values(key), inEnvironment.values(key), inFile.values(key), draft);
      } else {
        read(key, over, true, draft);
      }
    }
    Contradictions.find(draft);
    TlsBundle bundle = outside.tlsBundle(draft);
    return draft.settings(name, bundle);
  }

  private Outside outside(@Nullable String prefix) {
    if (overlays == null) {
      return Outside.none();
    }
    Outside found =
        context == null ? Outside.none() : Outside.find(context, scope, name, prefix, overlays);
    if (!found.isKnown()) {
      ofThisProcess();
    }
    return found;
  }

  private static <T> void read(
      Key<T> key,
      List<Written> properties,
      List<Written> environment,
      List<Written> file,
      Draft draft) {
    // an empty variable is how a deployment says "not set", except where that would open a door
    boolean unset =
        !key.security() && environment.stream().allMatch(written -> written.text().isBlank());
    if (!properties.isEmpty()) {
      read(key, properties, true, draft);
    } else if (!environment.isEmpty() && !unset) {
      read(key, environment, true, draft);
    } else if (!file.isEmpty()) {
      read(key, file, false, draft);
    }
  }

  private static <T> void read(Key<T> key, List<Written> written, boolean commas, Draft draft) {
    List<Written> wanted = written;
    if (!key.repeatable() && written.size() > 1) {
      Written last = written.get(written.size() - 1);
      draft.problem(
          key, null, "is set " + written.size() + " times", last.place(), "the last counts");
      wanted = List.of(last);
    }
    List<T> values = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    boolean wrong = false;
    for (Written one : wanted) {
      String[] parts =
          commas && key.repeatable() && key.commas()
              ? one.text().split(",", -1)
              : new String[] {one.text()};
      for (String part : parts) {
        String text = key.secret() ? part : part.strip();
        T value = draft.value(key, text, one.place(), one.file());
        if (value == null) {
          wrong = true;
        } else {
          values.add(value);
          texts.add(text);
        }
      }
    }
    // a list is one value, as the problem says; where that closes, what is right may still mask
    if (!values.isEmpty() && (!wrong || key.security())) {
      draft.set(key, new Setting(List.copyOf(values), List.copyOf(texts), wanted.get(0).place()));
    }
  }

  private static @Nullable String prefix(Found inFile) {
    List<Written> written = inFile.values(Keys.PREFIX);
    return written.isEmpty()
        ? null
        : Keys.PREFIX.type().parser().parse(written.get(written.size() - 1).text().strip());
  }
}

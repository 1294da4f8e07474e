package dev.shiplog.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a configuration file says about one appender, in the order in which it says so. Adapters
 * fill it while the framework reads the file; nothing is judged before all of it is there. Not safe
 * for several threads.
 */
public final class FileValues {
  private final String source;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Entry> doubtful = new ArrayList<>();
  private Map<String, String> beside = Map.of();
  private Map<String, String> variables = Map.of();

  /** One setting; the key may be anything. */
  record Entry(String key, Written written) {}

  /**
   * Nothing so far.
   *
   * @param source how messages name the file, such as {@code logback.xml}
   */
  public FileValues(String source) {
    this.source = source;
  }

  /** Adds a value; a key that comes again is repeated. */
  public FileValues set(String key, String text) {
    return set(key, text, source, true);
  }

  /**
   * Adds a value that was not written in the one file.
   *
   * @param place how messages name where it was written
   * @param file whether that is a file: some values are taken from files alone
   */
  public FileValues set(String key, String text, String place, boolean file) {
    entries.add(new Entry(key, new Written(text, place, file)));
    return this;
  }

  /**
   * Adds a name from a place that is not for keys alone: it is told if it can only have been meant
   * to be one.
   */
  public FileValues doubt(String name, String place) {
    doubtful.add(new Entry(name, new Written("", place, true)));
    return this;
  }

  /**
   * Names that doubtful ones may have been meant to be though they are no keys of appenders.
   *
   * @param names how messages spell them, by how {@link #doubt} does
   */
  public FileValues beside(Map<String, String> names) {
    this.beside = Map.copyOf(names);
    return this;
  }

  /**
   * The environment variables whose values were read already: those in our namespaces that are no
   * key are told.
   */
  public FileValues alreadyRead(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
    return this;
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }

  List<Entry> doubtful() {
    return List.copyOf(doubtful);
  }

  Map<String, String> beside() {
    return beside;
  }

  Map<String, String> variables() {
    return variables;
  }
}

package dev.shiplog.config;

import static dev.shiplog.config.Types.BOOLEAN;
import static dev.shiplog.config.Types.choice;
import static dev.shiplog.config.Types.size;

import java.util.List;

/** The keys of {@code stdout.*}. */
public final class StdoutKeys {
  public static final Key<Choice.Target> TARGET =
      key("target", choice(Choice.Target.class))
          .defaultsTo("stdout")
          .says("The stream that is written.");
  public static final Key<Choice.Threshold> STDERR_THRESHOLD =
      key("stderrThreshold", Types.threshold())
          .defaultsTo("off")
          .says("Events of this severity and above go to stderr.");
  public static final Key<Choice.Via> VIA =
      key("via", choice(Choice.Via.class))
          .defaultsTo("auto")
          .says("Writes the descriptor itself, or through System.out.");
  public static final Key<Choice.Format> FORMAT =
      key("format", choice(Choice.Format.class))
          .defaultsTo("auto")
          .says("JSON for machines, or lines for people; auto is JSON in a container.");
  public static final Key<Boolean> ASYNC =
      key("async", BOOLEAN)
          .defaultsTo("false")
          .says("A worker writes, from a bounded buffer, many records at once.");
  public static final Key<Long> BUFFER_BYTES =
      key("bufferBytes", size("64KB", "1GB"))
          .defaultsTo("8MB")
          .says("Bytes that wait for the worker at most.");
  public static final Key<Overflow> OVERFLOW =
      key("overflow", Overflow.OF_STDOUT)
          .defaultsTo("block")
          .says("What becomes of an event that finds the buffer full.");
  public static final Key<Boolean> CAPTURE_SYSTEM_OUT =
      capture("systemOut", "Lines printed to System.out become events.");
  public static final Key<Boolean> CAPTURE_SYSTEM_ERR =
      capture("systemErr", "Lines printed to System.err become events.");
  public static final Key<Boolean> CAPTURE_UNCAUGHT =
      capture("uncaught", "Uncaught exceptions become events.");
  public static final Key<Boolean> CAPTURE_JUL =
      capture("jul", "Records of java.util.logging become events.");

  static final List<Key<?>> ALL =
      List.of(
          TARGET,
          STDERR_THRESHOLD,
          VIA,
          FORMAT,
          ASYNC,
          BUFFER_BYTES,
          OVERFLOW,
          CAPTURE_SYSTEM_OUT,
          CAPTURE_SYSTEM_ERR,
          CAPTURE_UNCAUGHT,
          CAPTURE_JUL);

  private StdoutKeys() {}

  private static Key<Boolean> capture(String what, String sentence) {
    return key("capture." + what, BOOLEAN).defaultsTo("false").says(sentence);
  }

  private static <T> KeyBuilder<T> key(String name, Type<T> type) {
    return new KeyBuilder<>(Section.STDOUT, name, type);
  }
}

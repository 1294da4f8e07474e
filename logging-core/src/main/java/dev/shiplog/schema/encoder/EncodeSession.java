package dev.shiplog.schema.encoder;

import dev.shiplog.record.Nesting;
import dev.shiplog.record.RecordParts;
import dev.shiplog.record.RecordWriter;
import dev.shiplog.record.ValueWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that one thread needs to encode one event after the other: buffers and scratch space, reset
 * at the start of each event. Made by {@link EventEncoder#newSession()}, pooled by the pipeline.
 *
 * <p>After {@link EventEncoder#encode} the record is in {@link #bytes()} up to {@link #length()},
 * until the next call.
 */
public final class EncodeSession {
  private static final int MAX_MARKERS = 1_000;

  final RecordWriter writer;
  final ValueWriter values;
  final UserFieldWriter userFields;
  final RepeatedFields context;
  final RepeatedTexts texts;
  final MessagePieces message;
  final List<String> markers = new ArrayList<>(4);
  final Consumer<@Nullable String> markerCollector = this::addMarker;
  final RecordWriter.Mark traceMark = new RecordWriter.Mark();
  final RecordWriter.Mark stepMark = new RecordWriter.Mark();
  final TraceContext trace = new TraceContext();
  final Groups groups = new Groups();
  final @Nullable Nesting nesting;

  /** Stands before each event where secrets are hidden in texts. */
  final @Nullable MaskedEvent masked;

  private final RecordWriter result;
  private final @Nullable RecordParts parts;
  private final String[] failures;
  private boolean failed;
  long sequence;

  /** Whether the record is written again because it was too large. */
  boolean refitting;

  /** Whether only the fields without which a record is nothing are written. */
  boolean essential;

  /** How large the record under way may be. */
  int limit;

  /** What the records have in common that this one is to become, or null. */
  @Nullable String partId;

  /** Whether the record lies in parts. */
  private boolean inParts;

  /** How many bytes must be left free for what nesting may add. */
  int reserved;

  /** What the record would have taken if it is written again, else 0. */
  long original;

  /** How many fields of the schema there was no room for. */
  int dropped;

  EncodeSession(
      RecordWriter writer,
      RecordWriter result,
      ValueWriter values,
      UserFieldWriter userFields,
      @Nullable MaskedEvent masked,
      int steps,
      boolean split) {
    this.writer = writer;
    this.result = result;
    this.values = values;
    this.userFields = userFields;
    this.context = new RepeatedFields(userFields, writer);
    this.texts = new RepeatedTexts(writer);
    this.message = new MessagePieces(writer);
    this.masked = masked;
    this.failures = new String[steps];
    this.nesting = writer == result ? null : new Nesting(writer, result);
    if (split) {
      writer.notePlaces();
    }
    this.parts = split ? new RecordParts(result) : null;
  }

  /** The buffer that holds the encoded record from 0 on. */
  public byte[] bytes() {
    return parts != null && inParts ? parts.buffer() : result.buffer();
  }

  /** How many bytes the record has. */
  public int length() {
    return parts != null && inParts ? parts.length() : result.position();
  }

  /** How many objects of the record nesting had to call otherwise. */
  public int renamed() {
    return nesting == null ? 0 : nesting.renamed();
  }

  /** Goes on to the next record that the event became; false if there is none. */
  public boolean next() {
    return parts != null && inParts && parts.next();
  }

  /** How many bytes of memory the largest buffer has. */
  public int heldBytes() {
    return Math.max(writer.buffer().length, Math.max(result.buffer().length, bytes().length));
  }

  /** Plans parts of the record that was just written; see {@link RecordParts#begin}. */
  int beginParts(RecordParts of, int maxBytes) {
    int answer = of.begin(maxBytes);
    inParts = answer == 0 && of.next();
    return answer;
  }

  @Nullable RecordParts parts() {
    return parts;
  }

  /** Starts the event. */
  void begin(long number) {
    sequence = number;
    partId = null;
    if (failed) {
      Arrays.fill(failures, null);
      failed = false;
    }
  }

  /** Starts the event's record, or starts it over. */
  void record(int maxBytes) {
    limit = maxBytes;
    inParts = false;
    writer.limit(maxBytes);
    refitting = false;
    essential = false;
    reserved = 0;
    original = 0;
  }

  private void addMarker(@Nullable String name) {
    if (markers.size() < MAX_MARKERS) {
      markers.add(name == null ? "null" : name);
    }
  }

  /** Notes that a step cannot be done for this event. */
  void failed(int step, Throwable failure) {
    failures[step] = failure.getClass().getName();
    failed = true;
  }

  /** Why a step cannot be done for this event, or null. */
  @Nullable String failure(int step) {
    return failed ? failures[step] : null;
  }
}

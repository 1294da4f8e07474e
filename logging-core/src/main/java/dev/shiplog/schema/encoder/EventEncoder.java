package dev.shiplog.schema.encoder;

import dev.shiplog.event.LogEvent;
import dev.shiplog.record.Nesting;
import dev.shiplog.record.RecordParts;
import dev.shiplog.record.RecordWriter;
import dev.shiplog.record.TextMask;
import dev.shiplog.record.ValueWriter;
import dev.shiplog.schema.Schema;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns events into records of one schema in one encoding. Immutable but for the sequence; safe for
 * any thread, each with a session of its own.
 *
 * <p>A record is never longer than {@link RecordOptions#maxEventBytes} and always whole. One that
 * would be is written once more with its longest texts cut so that it fits; where that cannot be
 * enough, user fields that do not fit are left out, and the other texts are whole; {@code
 * event.truncated} then tells the original size and {@code event.truncated_fields} how many fields
 * are missing. With {@code oversize=split} it becomes several records instead, and only what is
 * beyond {@value RecordParts#MAX_PARTS} of them, or cannot be split, is cut.
 */
public final class EventEncoder {
  /** How often texts are cut shorter before fields are left out. */
  private static final int MAX_CUTS = 3;

  /** How often room is set aside for what nesting adds unforeseen: the last time, for all. */
  private static final int MAX_RESERVES = MAX_CUTS + 1;

  /** No more of an event is split than this, however large the parts: 16 MB. */
  private static final int MOST_SPLIT = 16 << 20;

  /** Shorter than this no text is cut while anything else can be done. */
  private static final int SHORT_TEXT = 64;

  /** What texts are cut to where even the fields of the schema are too much. */
  private static final int ESSENTIAL_TEXT = 32;

  private final Step[] steps;
  private final RecordOptions options;
  private final Supplier<RecordWriter> writers;
  private final ValueWriter.Options valueOptions;
  private final boolean nested;

  /** Room for what ends a record that lost something: both notes, with their numbers. */
  private final int endBytes;

  private final Map<String, String> refusedNames;
  private final AtomicLong sequence;

  /** From a number on that no other process has. */
  private final AtomicLong partIds;

  EventEncoder(
      Step[] steps,
      RecordOptions options,
      boolean nested,
      int endBytes,
      ValueWriter.Options valueOptions,
      Supplier<RecordWriter> writers,
      AtomicLong sequence,
      Map<String, String> refusedNames) {
    this.steps = steps;
    this.options = options;
    this.valueOptions = valueOptions;
    this.writers = writers;
    this.nested = nested;
    this.endBytes = endBytes;
    this.sequence = sequence;
    this.refusedNames = refusedNames;
    this.partIds = new AtomicLong(options.split() ? UUID.randomUUID().getMostSignificantBits() : 0);
  }

  /** Compiles a schema for the encoding whose writers {@code writers} makes. */
  public static EventEncoder compile(
      Schema schema, RecordOptions options, Supplier<RecordWriter> writers) {
    return compile(schema, options, writers, new AtomicLong());
  }

  /**
   * The same with events that are counted on from {@code sequence}, which outlives this encoder: a
   * pipeline gets another one when more is known of the container.
   */
  public static EventEncoder compile(
      Schema schema, RecordOptions options, Supplier<RecordWriter> writers, AtomicLong sequence) {
    SchemaNames names = new SchemaNames(options.fields());
    // once for the names alone: one may be taken by a field that comes later
    new SchemaCompiler(options, writers, names).compile(schema, sequence);
    names.settle();
    return new SchemaCompiler(options, writers, names).compile(schema, sequence);
  }

  /** The fields that could not be called as the settings have it, by the names that they keep. */
  public Map<String, String> refusedNames() {
    return refusedNames;
  }

  /** What a thread needs to encode; to be reused. */
  public EncodeSession newSession() {
    RecordWriter writer = writers.get();
    RecordWriter result = nested ? writers.get() : writer;
    ValueWriter values = new ValueWriter(valueOptions);
    return new EncodeSession(
        writer,
        result,
        values,
        new UserFieldWriter(writer, values, options),
        options.mask() == TextMask.NONE ? null : new MaskedEvent(options.mask()),
        steps.length,
        options.split());
  }

  /**
   * Encodes one event into {@code session}, whatever the event holds. Where records are split it
   * may have become several: see {@link EncodeSession#next}.
   *
   * @return what had to be done to it
   */
  public Fit encode(LogEvent event, EncodeSession session) {
    MaskedEvent masked = session.masked;
    if (masked == null) {
      return encodeShown(event, session);
    }
    Fit fit = encodeShown(masked.of(event), session);
    masked.forget();
    return fit;
  }

  private Fit encodeShown(LogEvent event, EncodeSession session) {
    session.begin(options.sequence() ? sequence.incrementAndGet() : 0);
    session.record(options.maxEventBytes());
    pass(event, session, UserFieldWriter.UNLIMITED);
    RecordParts parts = session.parts();
    Fit fit = null;
    if (parts != null && fullSize(session) > session.limit) {
      fit = split(event, parts, session);
    }
    if (fit == null) {
      fit = fit(event, session);
    }
    session.trace.forget();
    return fit;
  }

  /**
   * Writes the event as one record as large as its parts together can be, and splits that.
   *
   * @return null if that cannot be done: it is about to be written to fit into one
   */
  private @Nullable Fit split(LogEvent event, RecordParts parts, EncodeSession session) {
    int max = options.maxEventBytes();
    long together = (long) RecordParts.MAX_PARTS * max;
    int limit = (int) Math.min(together, Math.max(max, MOST_SPLIT));
    session.partId = HexFormat.of().toHexDigits(partIds.incrementAndGet());
    for (int i = 0; i < MAX_CUTS && limit > max; i++) {
      session.record(limit);
      pass(event, session, UserFieldWriter.UNLIMITED);
      Fit fit = fit(event, session);
      limit = session.beginParts(parts, max);
      if (limit == 0) {
        return fit;
      }
    }
    session.partId = null;
    session.record(max);
    pass(event, session, UserFieldWriter.UNLIMITED);
    return null;
  }

  /** Ends the record that a pass has written, or writes it anew so that it fits. */
  private Fit fit(LogEvent event, EncodeSession session) {
    Fit fit = Fit.WHOLE;
    long original = fullSize(session);
    if (original > session.limit) {
      session.original = original;
      refit(event, session);
      fit = Fit.TRUNCATED;
    } else if (session.userFields.skipped() > 0 || session.writer.leftOut() > 0) {
      fit = Fit.TRUNCATED;
    }
    finish(event, session);
    for (int i = 0; i < MAX_RESERVES && session.length() > session.limit; i++) {
      // Keys in each other's way were renamed, which takes more than nesting takes otherwise.
      fit = Fit.TRUNCATED;
      session.reserved += i < MAX_CUTS ? session.length() - session.limit : session.limit;
      session.original = original;
      refit(event, session);
      finish(event, session);
    }
    return fit;
  }

  private void refit(LogEvent event, EncodeSession session) {
    int room = session.limit - endBytes;
    int free = room - session.reserved;
    session.refitting = true;
    if (cutTexts(event, session, UserFieldWriter.UNLIMITED, free)) {
      return;
    }
    // Long texts are not to blame, or not alone: what users added is left out, and gets back the
    // room that the rest leaves, field by field.
    session.writer.textCap(session.limit);
    pass(event, session, 0);
    if (fullSize(session) > free && !cutTexts(event, session, 0, free)) {
      session.writer.textCap(SHORT_TEXT);
      pass(event, session, 0);
    }
    long fixed = size(session);
    if (fixed > room) {
      session.essential = true;
      session.writer.textCap(ESSENTIAL_TEXT);
    }
    pass(event, session, Math.max(0, free - fixed));
  }

  /** Writes the record anew with its longest texts cut; whether that is enough. */
  private boolean cutTexts(LogEvent event, EncodeSession session, long userBytes, int free) {
    for (int i = 0; i < MAX_CUTS; i++) {
      // What a pass had not seen to its end, it has not told all texts of: hence not just once.
      int cap = session.writer.capThatSaves(fullSize(session) - free);
      if (cap < SHORT_TEXT) {
        return false;
      }
      session.writer.textCap(cap);
      pass(event, session, userBytes);
      if (size(session) <= session.limit - session.reserved) {
        return true;
      }
    }
    return false;
  }

  /** Writes the record from its beginning, all but what ends it. */
  private void pass(LogEvent event, EncodeSession session, long userBytes) {
    while (true) {
      int step = 0;
      try {
        session.writer.begin(event.epochSecond(), event.nanoOfSecond());
        session.userFields.begin(userBytes);
        session.dropped = 0;
        session.groups.begin();
        for (; step < steps.length; step++) {
          write(step, event, session);
        }
        return;
      } catch (Throwable failure) {
        if (failure instanceof Error error && ValueWriter.mustPass(error)
            || session.failure(step) != null) {
          throw failure;
        }
        // The record is written anew, with a text that names the failure in that field's place.
        session.failed(step, failure);
      }
    }
  }

  /** Writes one step; where even the essential is too much, a step has room or is left out. */
  private void write(int step, LogEvent event, EncodeSession session) {
    RecordWriter writer = session.writer;
    if (session.essential) {
      writer.mark(session.stepMark);
    }
    String failure = session.failure(step);
    if (failure == null) {
      steps[step].write(event, session);
    } else {
      writer.name(steps[step].name());
      writer.text("<unrepresentable: " + failure + ">");
    }
    if (session.essential && !steps[step].isFrame() && size(session) > session.limit - endBytes) {
      writer.rewind(session.stepMark);
      session.dropped++;
    }
  }

  /** What the record takes once it has ended: in JSON two bytes more, nested yet more. */
  private static long size(EncodeSession session) {
    Nesting nesting = session.nesting;
    return session.writer.size()
        + session.writer.endBytes()
        + (nesting == null ? 0 : nesting.growth());
  }

  /** The same if nothing had been cut. */
  private static long fullSize(EncodeSession session) {
    return size(session) + session.writer.fullSize() - session.writer.size();
  }

  private static void finish(LogEvent event, EncodeSession session) {
    Nesting nesting = session.nesting;
    if (nesting == null) {
      session.writer.end();
    } else {
      nesting.rewrite(event.epochSecond(), event.nanoOfSecond(), session.writer.position());
    }
  }

  /** Whether an event fitted into its record. */
  public enum Fit {
    /** All of the event is in the record. */
    WHOLE,
    /** Something was cut or left out, and the record says so. */
    TRUNCATED
  }
}

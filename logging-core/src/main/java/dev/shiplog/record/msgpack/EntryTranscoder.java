package dev.shiplog.record.msgpack;

import dev.shiplog.record.RecordWriter;

/**
 * Turns entries of the forward protocol, as {@link MessagePackWriter} makes them, into records of
 * another encoding and another size: what is to be forwarded and cannot be, becomes a line.
 *
 * <p>A record is never longer than {@code maxBytes} and always whole. The rule is that of the
 * encoder: longest texts are cut first; where texts are not to blame, fields that do not fit are
 * left out; {@code event.truncated} and {@code event.truncated_fields} then tell, and what the
 * entry itself had of them is carried on. Not thread-safe.
 */
public final class EntryTranscoder {
  /** Room for event.truncated and event.truncated_fields with their numbers. */
  private static final int NOTE_BYTES = 96;

  private static final int SHORT_TEXT = 64;
  private static final int MAX_CUTS = 3;

  private final RecordWriter to;
  private final int maxBytes;
  private final EntryReader reader = new EntryReader();
  private final RecordWriter.Mark mark = new RecordWriter.Mark();
  private long truncated;
  private long skipped;

  /** Transcodes into {@code to}, records of at most {@code maxBytes}, which are 256 or more. */
  public EntryTranscoder(RecordWriter to, int maxBytes) {
    this.to = to;
    this.maxBytes = maxBytes;
  }

  /**
   * Transcodes the entry that starts at {@code from}; the record is then in the writer's buffer.
   *
   * @return where the entry ends, or -1 if what is there is no entry or is not whole before {@code
   *     end}: then the writer holds no record, and what follows cannot be read either
   */
  public int transcode(byte[] bytes, int from, int end) {
    to.limit(maxBytes);
    try {
      pass(bytes, from, end, Long.MAX_VALUE, 0);
      long original = fullSize();
      if (original > maxBytes) {
        refit(bytes, from, end, original);
      }
    } catch (EntryReader.Corrupt corrupt) {
      return -1;
    }
    to.end();
    return reader.position();
  }

  private void refit(byte[] bytes, int from, int end, long original) {
    int room = maxBytes - NOTE_BYTES;
    long excess = original - room;
    for (int i = 0; i < MAX_CUTS; i++) {
      int cap = to.capThatSaves(excess);
      if (cap < SHORT_TEXT) {
        break;
      }
      to.textCap(cap);
      pass(bytes, from, end, Long.MAX_VALUE, original);
      if (size() <= maxBytes) {
        return;
      }
      excess = fullSize() - room;
    }
    to.textCap(SHORT_TEXT);
    pass(bytes, from, end, room, original);
  }

  /** Writes the record from its beginning, all but what ends it. */
  private void pass(byte[] bytes, int from, int end, long budget, long original) {
    truncated = original;
    skipped = 0;
    reader.open(bytes, from, end);
    to.begin(reader.epochSecond(), reader.nano());
    for (int left = reader.mapSize(); left > 0; left--) {
      field(reader.name(), budget);
    }
    note("event.truncated", truncated);
    note("event.truncated_fields", skipped);
  }

  private void field(String name, long budget) {
    if (name.equals("event.truncated")) {
      truncated = Math.max(truncated, reader.count());
    } else if (name.equals("event.truncated_fields")) {
      skipped += reader.count();
    } else {
      to.mark(mark);
      to.name(name);
      reader.value(to);
      if (size() > budget) {
        to.rewind(mark);
        skipped++;
      }
    }
  }

  private void note(String name, long number) {
    if (number > 0) {
      to.name(name);
      to.number(number);
    }
  }

  private long size() {
    return to.size() + to.endBytes();
  }

  private long fullSize() {
    return to.fullSize() + to.endBytes();
  }
}

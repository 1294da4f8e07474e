package dev.shiplog.record;

import java.util.Arrays;

/**
 * Makes several records of one that is too large: each has all of it, but of every text that is
 * longer than a certain width a piece of that width. Not thread-safe; reused.
 *
 * <pre>
 * the record    {"level":"INFO","message":"abcdefgh","event.part":_,"event.parts":_}
 * part 1        {"level":"INFO","message":"abc","event.part":1,"event.parts":3}
 * part 2        {"level":"INFO","message":"def","event.part":2,"event.parts":3}
 * part 3        {"level":"INFO","message":"gh","event.part":3,"event.parts":3}
 * </pre>
 *
 * <p>A character is in the part that its first byte is in. The last piece of a text is always
 * shorter than its first, and so a text that is the same in all parts is whole in each; any other
 * is what its pieces are one after the other. Works on the encoded record: the event is not asked
 * again, and what it said once fits together.
 */
public final class RecordParts {
  /** More than anybody puts together again. */
  public static final int MAX_PARTS = 64;

  /** How many bytes longer than wide a piece may be. */
  private static final int OVERHANG = PartForm.MAX_CHARACTER - 1;

  private final RecordWriter record;
  private final PartForm form;
  private final Places places;
  private final TextSizes sizes = new TextSizes();

  /** For each text where the next piece starts. */
  private int[] cursors = new int[64];

  private byte[] part = {};
  private int length;
  private int width;
  private int parts;
  private int made;

  /** Makes parts of what {@code record} has written, once it is told to {@link #begin}. */
  public RecordParts(RecordWriter record) {
    this.record = record;
    this.form = record.partForm();
    this.places = record.notedPlaces();
  }

  /**
   * Plans parts of at most {@code maxBytes} for the record that was just written.
   *
   * @return 0 if {@link #next} has them, -1 if there can be none, else the size that the record may
   *     have for there to be few enough
   */
  public int begin(int maxBytes) {
    int longest = measure();
    // one digit stands where two may be needed, twice
    int excess = record.position() + 2 - maxBytes;
    int cap = sizes.capThatSaves(Math.max(1, excess));
    if (cap <= OVERHANG || longest <= cap) {
      return -1;
    }
    width = cap - OVERHANG;
    if (longest % width == 0) {
      width--;
    }
    parts = longest / width + 1;
    made = 0;
    return parts <= MAX_PARTS ? 0 : reachable();
  }

  /** Notes all sizes; returns the greatest. */
  private int measure() {
    sizes.clear();
    int longest = 0;
    if (cursors.length < places.size()) {
      cursors = new int[Math.max(places.size(), cursors.length * 2)];
    }
    for (int i = 0; i < places.size(); i++) {
      if (places.end(i) >= 0) {
        cursors[i] = form.contentStart(record.buffer(), places.start(i));
        int size = form.contentEnd(places.end(i)) - cursors[i];
        longest = Math.max(longest, size);
        if (size >= TextSizes.SHORT) {
          sizes.add(size);
        }
      }
    }
    return longest;
  }

  /** The size of the record if no text had more than the most parts. */
  private int reachable() {
    int most = width * (MAX_PARTS - 1);
    int size = record.position();
    for (int i = 0; i < places.size(); i++) {
      if (places.end(i) >= 0) {
        size -= Math.max(0, form.contentEnd(places.end(i)) - cursors[i] - most);
      }
    }
    return size;
  }

  /** Makes the next part, if there is one. */
  public boolean next() {
    if (made == parts) {
      return false;
    }
    made++;
    byte[] from = record.buffer();
    length = 0;
    int copied = 0;
    for (int i = 0; i < places.size(); i++) {
      int start = places.start(i);
      int end = places.end(i);
      copy(from, copied, start);
      copied = start;
      if (end < 0) {
        length = form.number(end == Places.PART ? made : parts, room(2), length);
        copied = start + 1;
      } else if (form.contentEnd(end) - form.contentStart(from, start) > width) {
        piece(i, from);
        copied = end;
      }
    }
    copy(from, copied, record.position());
    return true;
  }

  private void piece(int text, byte[] from) {
    int first = form.contentStart(from, places.start(text));
    int last = form.contentEnd(places.end(text));
    int until = (int) Math.min(last, first + (long) width * made);
    int start = cursors[text];
    int at = start;
    while (at < until) {
      at = form.characterEnd(from, at);
    }
    cursors[text] = at;
    length = form.text(from, start, at, room(at - start + 5), length);
  }

  private void copy(byte[] from, int start, int end) {
    System.arraycopy(from, start, room(end - start), length, end - start);
    length += end - start;
  }

  private byte[] room(int more) {
    if (part.length - length < more) {
      part = Arrays.copyOf(part, Math.max(part.length * 2, length + more));
    }
    return part;
  }

  /** The buffer that holds the part that was made last; until the next one. */
  public byte[] buffer() {
    return part;
  }

  /** How many bytes that part has. */
  public int length() {
    return length;
  }
}

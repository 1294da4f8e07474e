package dev.shiplog.schema.encoder;

import dev.shiplog.record.FieldName;
import java.util.List;
import java.util.function.Function;

/**
 * The fields that tell what became of a record that was too large.
 *
 * @param truncated the size that it would have had, if something of it is missing; where elements
 *     are that nobody has written, at least
 * @param truncatedFields how many fields are missing
 * @param part which of the records it is that one event became, from 1 on
 * @param parts how many these are
 * @param partId what all of them have in common, and no other
 */
record Notes(
    FieldName truncated,
    FieldName truncatedFields,
    FieldName part,
    FieldName parts,
    FieldName partId) {
  static final List<String> NAMES =
      List.of(
          "event.truncated",
          "event.truncated_fields",
          "event.part",
          "event.parts",
          "event.part_id");

  /** The fields under these names as {@code encoded} makes them. */
  static Notes of(Function<String, FieldName> encoded) {
    List<FieldName> names = NAMES.stream().map(encoded).toList();
    return new Notes(names.get(0), names.get(1), names.get(2), names.get(3), names.get(4));
  }

  /** Writes those that this record needs. */
  void write(EncodeSession session) {
    long leftOut = session.writer.leftOut();
    if (session.original > 0) {
      session.writer.name(truncated);
      session.writer.number(session.original);
    } else if (leftOut > 0) {
      session.writer.name(truncated);
      session.writer.number(session.writer.size() + leftOut);
    }
    int skipped = session.userFields.skipped() + session.dropped;
    if (skipped > 0) {
      session.writer.name(truncatedFields);
      session.writer.number(skipped);
    }
    String id = session.partId;
    if (id != null) {
      session.writer.name(part);
      session.writer.partNumber(false);
      session.writer.name(parts);
      session.writer.partNumber(true);
      session.writer.field(partId, id);
    }
  }
}

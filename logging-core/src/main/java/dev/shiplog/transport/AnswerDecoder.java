package dev.shiplog.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes an endpoint's answers apart: {@code {"ack": id, …}}, in whatever pieces they arrive, one or
 * many, with other keys or without. Holds at most 4 KiB, which is a hundred times an answer; what
 * needs more, or is anything else, is garbage.
 */
public final class AnswerDecoder {
  /** What the next answer is. */
  public enum Answer {
    /** Not there in full yet. */
    INCOMPLETE,
    /** An acknowledgement; {@link #idIs} tells whose. */
    ACK,
    /** The greeting of an endpoint that asks for a shared key. */
    HELO,
    /** Nothing that an endpoint should say. */
    GARBAGE
  }

  private static final int CAPACITY = 4096;
  private static final byte[] ACK_KEY = "ack".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HELO_WORD = "HELO".getBytes(StandardCharsets.US_ASCII);

  private final byte[] bytes = new byte[CAPACITY];
  private final ByteBuffer in = ByteBuffer.wrap(bytes);
  private final MsgpackScan scan = new MsgpackScan(bytes);
  private int start;
  private int idOffset;
  private int idEnd;

  /** A decoder of one connection. */
  public AnswerDecoder() {}

  /** Room for bytes from the network, at least one; to be followed by {@link #next()} until dry. */
  public ByteBuffer room() {
    return in;
  }

  /** The next answer. */
  public Answer next() {
    int end = in.position();
    if (start == end) {
      start = 0;
      in.position(0);
      return Answer.INCOMPLETE;
    }
    Answer answer = scan.isMap(start) ? map(end) : greeting(end);
    return answer == Answer.INCOMPLETE ? makeRoom(end) : answer;
  }

  /** Whether the acknowledgement just found is for {@code id}, byte for byte. */
  public boolean idIs(byte[] id) {
    return Arrays.equals(id, 0, id.length, bytes, idOffset, idEnd);
  }

  private Answer map(int end) {
    int after = scan.skip(start, end);
    if (after < 0) {
      return after == MsgpackScan.INCOMPLETE ? Answer.INCOMPLETE : Answer.GARBAGE;
    }
    Answer answer = Answer.GARBAGE;
    int at = scan.firstElement(start);
    for (long pairs = scan.elements(start) / 2; pairs > 0; pairs--) {
      int value = scan.skip(at, end);
      if (scan.isString(at) && textIs(ACK_KEY, at, value) && scan.isString(value)) {
        idOffset = scan.textStart(value);
        idEnd = scan.skip(value, end);
        answer = Answer.ACK;
      }
      at = scan.skip(value, end);
    }
    start = after;
    return answer;
  }

  private Answer greeting(int end) {
    if (!scan.isArray(start)) {
      return Answer.GARBAGE;
    }
    int first = scan.firstElement(start);
    if (first > end) {
      return Answer.INCOMPLETE;
    }
    if (scan.elements(start) == 0) {
      return Answer.GARBAGE;
    }
    int after = scan.skip(first, end);
    if (after == MsgpackScan.INCOMPLETE) {
      return Answer.INCOMPLETE;
    }
    return after > 0 && scan.isString(first) && textIs(HELO_WORD, first, after)
        ? Answer.HELO
        : Answer.GARBAGE;
  }

  private boolean textIs(byte[] word, int at, int end) {
    return Arrays.equals(word, 0, word.length, bytes, scan.textStart(at), end);
  }

  private Answer makeRoom(int end) {
    if (end < CAPACITY) {
      return Answer.INCOMPLETE;
    }
    if (start == 0) {
      return Answer.GARBAGE;
    }
    System.arraycopy(bytes, start, bytes, 0, end - start);
    in.position(end - start);
    start = 0;
    return Answer.INCOMPLETE;
  }
}

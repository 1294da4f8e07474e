package dev.shiplog.transport;

import java.nio.ByteBuffer;

/**
 * A sealed chunk on its way out: its entries, and what the endpoint is told of them.
 *
 * <p>A transport may read it from {@link ForwardTransport#submit} until it has reported the result,
 * and must forget it then: the memory is used again.
 */
public interface Outgoing {
  /** The forward tag. */
  String tag();

  /** The chunk's id, base64 in ASCII; the same however often the chunk is sent. */
  byte[] id();

  /** How many entries the chunk holds. */
  int events();

  /** How many bytes the entries have together. */
  int length();

  /** How many pages hold the entries. */
  int pages();

  /**
   * One page, from its first to behind its last byte of entries. The transport moves the position
   * as it likes; asking again rewinds.
   */
  ByteBuffer page(int index);
}

package dev.shiplog.fluency;

import dev.shiplog.transport.AnswerDecoder;
import dev.shiplog.transport.Fault;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.komamitsu.fluency.fluentd.ingester.sender.TCPSender;

/**
 * Fluency's TCP sender, watched: it says how far a delivery is, and what it would get wrong is done
 * here. Belongs to one courier; Fluency calls {@link #recvResponse} on a thread of its own while
 * the courier waits for it.
 *
 * <ul>
 *   <li>An unused connection that was cut meanwhile is not written to.
 *   <li>A frame of more buffers than the kernel takes at once is written to its end.
 *   <li>An acknowledgement is read to its end, in however many segments it comes, and whatever
 *       other keys it has.
 *   <li>An answer is bounded, and what is none has a name.
 * </ul>
 */
final class WatchedSender extends TCPSender {
  private final String address;
  private AnswerDecoder answers = new AnswerDecoder();
  private @Nullable SocketChannel connection;
  private volatile @Nullable Delivery delivery;

  WatchedSender(Config config) {
    super(config);
    address = config.getHost() + ':' + config.getPort();
  }

  /** Sends one chunk and, if it asks for that, waits for its acknowledgement. */
  void send(Delivery next) throws IOException {
    delivery = next;
    if (next.asksForAck()) {
      sendWithAck(next.frame(), new String(next.id(), StandardCharsets.ISO_8859_1));
    } else {
      send(next.frame());
    }
  }

  private Delivery delivery() {
    Delivery current = delivery;
    if (current == null) {
      throw new IllegalStateException("nothing is under way");
    }
    return current;
  }

  @Override
  protected SocketChannel getOrCreateSocketInternal() throws IOException {
    SocketChannel before = connection;
    if (before != null && before.isOpen() && hasEnded(before)) {
      closeSocket();
    }
    delivery().reached(Delivery.Stage.CONNECTING);
    SocketChannel channel = super.getOrCreateSocketInternal();
    if (channel != before) {
      connection = channel;
      answers = new AnswerDecoder();
      delivery().connectedTo(address);
    }
    return channel;
  }

  /** Looks without waiting; nothing should have been said that was not asked for. */
  private boolean hasEnded(SocketChannel channel) {
    try {
      channel.configureBlocking(false);
      boolean silent = channel.read(answers.room()) == 0;
      channel.configureBlocking(true);
      return !silent;
    } catch (IOException e) {
      return true; // reset
    }
  }

  @Override
  protected void sendBuffers(SocketChannel channel, List<ByteBuffer> frame) throws IOException {
    delivery().reached(Delivery.Stage.WRITING);
    ByteBuffer[] buffers = frame.toArray(ByteBuffer[]::new);
    for (int next = 0; next < buffers.length; ) {
      if (buffers[next].hasRemaining()) {
        channel.write(buffers, next, buffers.length - next);
      } else {
        next++;
      }
    }
    delivery().reached(Delivery.Stage.AWAITING_ACK);
  }

  @Override
  protected void recvResponse(SocketChannel channel, ByteBuffer into) throws IOException {
    byte[] id = delivery().id();
    while (true) {
      switch (answers.next()) {
        case INCOMPLETE -> {
          if (channel.read(answers.room()) < 0) {
            throw new EOFException("closed by the endpoint");
          }
        }
        case ACK -> {
          if (!answers.idIs(id)) {
            throw new Trouble.BadAnswerException(
                Fault.UNKNOWN_ACK, "it acknowledged a chunk that it was not sent");
          }
          putAck(id, into);
          return;
        }
        case HELO ->
            throw new Trouble.BadAnswerException(
                Fault.KEY_EXPECTED, "it asks for a shared key (HELO), which Fluency cannot give");
        default ->
            throw new Trouble.BadAnswerException(
                Fault.GARBAGE, "it answered with something else than an ack");
      }
    }
  }

  /** The acknowledgement as Fluency understands it: one key, whole, at the start of its buffer. */
  private static void putAck(byte[] id, ByteBuffer into) {
    into.put((byte) 0x81).put((byte) 0xa3).put((byte) 'a').put((byte) 'c').put((byte) 'k');
    into.put((byte) 0xd9).put((byte) id.length).put(id);
  }
}

package dev.shiplog.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** Plain TCP, or a Unix domain socket. */
final class PlainLink implements Link {
  private final SocketChannel channel;
  private final SelectionKey key;
  private final SocketAddress address;

  private PlainLink(SocketChannel channel, SelectionKey key, SocketAddress address) {
    this.channel = channel;
    this.key = key;
    this.address = address;
  }

  /** Begins to connect. */
  static PlainLink open(SocketAddress address, Selector selector) throws IOException {
    boolean inet = address instanceof InetSocketAddress;
    SocketChannel channel =
        inet ? SocketChannel.open() : SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.configureBlocking(false);
      if (inet) {
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      }
      SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
      PlainLink link = new PlainLink(channel, key, address);
      channel.connect(address);
      return link;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** How an address is written in messages: host and port, or the path of a socket. */
  static String text(SocketAddress address) {
    return address instanceof InetSocketAddress inet
        ? new Endpoint(inet.getAddress().getHostAddress(), inet.getPort()).toString()
        : address.toString();
  }

  @Override
  public boolean finishConnect() throws IOException {
    if (!channel.finishConnect()) {
      return false;
    }
    key.interestOps(SelectionKey.OP_READ);
    return true;
  }

  @Override
  public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
    return channel.write(buffers, offset, count);
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return channel.read(into);
  }

  @Override
  public void wantsToWrite(boolean wants) {
    int ops = wants ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
    if (key.isValid() && key.interestOps() != ops) {
      key.interestOps(ops);
    }
  }

  @Override
  public String address() {
    return text(address);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // whatever close has to say about a connection that is given up changes nothing
    }
  }
}

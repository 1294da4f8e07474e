package dev.shiplog.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Unix domain socket with the face of a {@link ServerSocket}, as far as a {@link Listener} looks.
 * The file goes when it is closed.
 */
final class UnixServerSocket extends ServerSocket {
  private final Path path;
  private final ServerSocketChannel server;

  UnixServerSocket(Path path) throws IOException {
    this.path = path;
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
  }

  @Override
  public Socket accept() throws IOException {
    return new Accepted(server.accept());
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return UnixDomainSocketAddress.of(path);
  }

  @Override
  public boolean isClosed() {
    return !server.isOpen();
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(path);
  }

  private static final class Accepted extends Socket {
    private final SocketChannel channel;

    Accepted(SocketChannel channel) {
      this.channel = channel;
    }

    @Override
    public InputStream getInputStream() {
      return new InputStream() {
        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
          return channel.read(ByteBuffer.wrap(buffer, offset, length));
        }
      };
    }

    @Override
    public OutputStream getOutputStream() {
      return new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
          ByteBuffer bytes = ByteBuffer.wrap(buffer, offset, length);
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        }
      };
    }

    @Override
    public void setTcpNoDelay(boolean on) {
      // there is nothing to delay
    }

    @Override
    public void setSoLinger(boolean on, int seconds) {
      // there is no reset either: whatever is left unread makes one
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
      return UnixDomainSocketAddress.of("");
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // a channel is closed by any thread
    public void close() throws IOException {
      channel.close();
    }
  }
}

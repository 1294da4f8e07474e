package dev.shiplog.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Another link, on which nothing is sent before each side has proven itself. */
final class AuthenticatedLink implements Link {
  private final Link link;
  private final Handshake handshake;
  private boolean connected;

  AuthenticatedLink(Link link, Handshake handshake) {
    this.link = link;
    this.handshake = handshake;
  }

  @Override
  public boolean finishConnect() throws IOException {
    connected = connected || link.finishConnect();
    return connected && handshake.step(link);
  }

  @Override
  public long write(ByteBuffer[] buffers, int offset, int count) throws IOException {
    return link.write(buffers, offset, count);
  }

  @Override
  public boolean isFlushed() {
    return link.isFlushed();
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return link.read(into);
  }

  @Override
  public void wantsToWrite(boolean wants) {
    link.wantsToWrite(wants);
  }

  @Override
  public Failure unanswered(long millis) {
    return connected ? handshake.unanswered(millis) : link.unanswered(millis);
  }

  @Override
  public boolean keepsAlive() {
    return handshake.keepsAlive();
  }

  @Override
  public String address() {
    return link.address();
  }

  @Override
  public void close() {
    link.close();
  }
}

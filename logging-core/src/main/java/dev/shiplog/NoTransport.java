package dev.shiplog;

import dev.shiplog.transport.ForwardTransport;
import dev.shiplog.transport.Outgoing;
import dev.shiplog.transport.TransportListener;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends nothing, because a security setting is wrong: what is offered waits in the buffer and then
 * takes {@code overflow}.
 */
final class NoTransport implements ForwardTransport {
  @Override
  public boolean hasRoom() {
    return false;
  }

  @Override
  public void submit(Outgoing chunk) {
    throw new IllegalStateException("no room was offered");
  }

  @Override
  public int step(TransportListener listener) {
    return 0;
  }

  @Override
  public long idleNanos() {
    return Long.MAX_VALUE;
  }

  @Override
  public void await(long nanos) {
    LockSupport.parkNanos(this, nanos);
  }

  @Override
  public void wakeUp(Thread runner) {
    LockSupport.unpark(runner);
  }

  @Override
  public void disconnect() {}

  @Override
  public void close() {}
}

package dev.shiplog.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.shiplog.config.Scope;
import dev.shiplog.config.Settings;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.impl.ContextDataFactory;
import org.apache.logging.log4j.core.impl.MutableLogEvent;
import org.apache.logging.log4j.core.layout.ByteBufferDestination;
import org.apache.logging.log4j.message.Message;
import org.apache.logging.log4j.message.ReusableMessageFactory;
import org.apache.logging.log4j.util.StringMap;
import org.junit.jupiter.api.Test;

/** The layout keeps up with what Log4j calls garbage-free. */
class AllocationTest {
  private static final int EVENTS = 2_000;
  private static final int ROUNDS = 20;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final ShiplogLayout layout = new ShiplogLayout(Settings.defaults(Scope.ENCODER));
  private final MutableLogEvent event = new MutableLogEvent();
  private final Discarded discarded = new Discarded();

  @Test
  void plainEvent_isEncodedWithoutGarbage() {
    Message message = ReusableMessageFactory.INSTANCE.newMessage("sold {} of {}", 17, "paintings");
    StringMap context = ContextDataFactory.createContextData();
    context.putValue("trace_id", "4bf92f3577b34da6a3ce929d0e0e4736");
    context.putValue("visitor", "v1");
    event.setMessage(message);
    event.setContextData(context);
    event.setLevel(Level.INFO);
    event.setLoggerName("com.acme.Shop");
    event.setThreadName("main");
    event.setTimeMillis(1_795_419_545_123L);

    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS && least >= EVENTS; round++) {
      least = Math.min(least, allocatedByAll());
    }

    assertThat(discarded.bytes).isPositive();
    assertThat(least).as("bytes for %s events", EVENTS).isLessThan(EVENTS);
  }

  private long allocatedByAll() {
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < EVENTS; i++) {
      layout.encode(event, discarded);
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  /** Counts what comes. */
  private static final class Discarded implements ByteBufferDestination {
    private final ByteBuffer buffer = ByteBuffer.allocate(1);
    private long bytes;

    @Override
    public ByteBuffer getByteBuffer() {
      return buffer;
    }

    @Override
    public ByteBuffer drain(ByteBuffer full) {
      return full;
    }

    @Override
    public void writeBytes(ByteBuffer data) {
      bytes += data.remaining();
    }

    @Override
    public void writeBytes(byte[] data, int offset, int length) {
      bytes += length;
    }
  }
}

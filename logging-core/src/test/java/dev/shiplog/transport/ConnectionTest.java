package dev.shiplog.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Deadlines and acknowledgements of a connection, with the test as clock and peer. */
class ConnectionTest implements Link {
  private static final long SECOND = 1_000_000_000;
  private static final TransportSettings SETTINGS = TransportSettings.defaults();

  private final Heard heard = new Heard();
  private final ByteBuffer answers = ByteBuffer.allocate(1000).limit(0);
  private long now = Long.MAX_VALUE - SECOND; // the clock overflows in every test
  private final Connection connection = new Connection(this, SETTINGS, now, 0);
  private long window = Long.MAX_VALUE;
  private long written;
  private boolean wantsToWrite;
  private boolean closed;
  private boolean ended;

  private void acknowledge(String id) {
    answers.compact().put((byte) 0x81).put((byte) 0xa3);
    answers.put("ack".getBytes(StandardCharsets.US_ASCII));
    answers.put((byte) (0xa0 | id.length())).put(id.getBytes(StandardCharsets.US_ASCII)).flip();
  }

  private void pass(long nanos) {
    now += nanos;
    connection.step(now, heard);
  }

  private Fault fault() {
    return Objects.requireNonNull(connection.failure()).fault();
  }

  @Test
  void acks_areMatchedByIdInAnyOrder() {
    connection.send(new TestChunk("A", 10), null);
    connection.send(new TestChunk("AB", 10), null);
    connection.send(new TestChunk("B", 10), null);
    pass(0);
    acknowledge("B");
    acknowledge("A");
    pass(1);
    assertThat(heard.said).containsExactly("acked B", "acked A");
    assertThat(connection.inFlight()).isEqualTo(1);
    assertThat(connection.failure()).isNull();
  }

  @Test
  void ackDeadline_countsFromTheLastByteWritten() {
    window = 50;
    connection.send(new TestChunk("A", 100), null);
    pass(0);
    pass(9 * SECOND);
    window = Long.MAX_VALUE;
    pass(0);
    assertThat(connection.idleNanos(now)).isEqualTo(60 * SECOND);
    pass(60 * SECOND - 1);
    assertThat(connection.failure()).isNull();
    pass(1);
    assertThat(fault()).isEqualTo(Fault.ACK_TIMEOUT);
    connection.close(heard);
    assertThat(heard.said).containsExactly("retry A");
    assertThat(closed).isTrue();
  }

  @Test
  void chunkWithoutAck_isGivenBackAloneWhenOthersWereAcknowledgedSince() {
    connection.send(new TestChunk("A", 10), null);
    pass(0);
    connection.send(new TestChunk("B", 10), null);
    pass(SECOND);
    acknowledge("B");
    pass(SECOND);
    pass(60 * SECOND);
    assertThat(heard.said).containsExactly("acked B", "retry A");
    assertThat(connection.failure()).isNull();
  }

  @Test
  void lateAck_ofAChunkThatWasGivenBackIsNoError() {
    chunkWithoutAck_isGivenBackAloneWhenOthersWereAcknowledgedSince();
    acknowledge("A");
    pass(1);
    assertThat(connection.failure()).isNull();
    acknowledge("X");
    pass(1);
    assertThat(fault()).isEqualTo(Fault.UNKNOWN_ACK);
  }

  @Test
  void ackOfAChunkThatIsNotWrittenYet_isUnknown() {
    window = 0;
    connection.send(new TestChunk("A", 10), null);
    pass(0);
    acknowledge("A");
    pass(1);
    assertThat(fault()).isEqualTo(Fault.UNKNOWN_ACK);
  }

  @Test
  void writeDeadline_growsWithTheChunkAndIsNotMovedByProgress() {
    window = 0;
    connection.send(new TestChunk("A", 3 << 20), null);
    pass(0);
    assertThat(wantsToWrite).isTrue();
    assertThat(connection.idleNanos(now)).isEqualTo(30 * SECOND);
    for (int second = 1; second < 30; second++) {
      window = 1;
      pass(SECOND);
    }
    assertThat(connection.failure()).isNull();
    assertThat(written).isEqualTo(29);
    pass(SECOND);
    assertThat(fault()).isEqualTo(Fault.WRITE_TIMEOUT);
  }

  @Test
  void chunksNotBegun_areToldFromThoseThatWere() {
    window = 5;
    connection.send(new TestChunk("A", 10), null);
    connection.send(new TestChunk("B", 10), null);
    pass(0);
    ended = true;
    pass(1);
    assertThat(fault()).isEqualTo(Fault.CLOSED);
    connection.close(heard);
    assertThat(heard.said).containsExactly("retry A", "retry B unsent");
  }

  @Test
  void unusedConnectionThatEnds_isOverWithoutAFailure() {
    ended = true;
    pass(SECOND);
    assertThat(connection.failure()).isNull();
    assertThat(connection.isUsable(now)).isFalse();
    assertThat(connection.isOver(now)).isTrue();
  }

  @Test
  void usedConnectionThatEnds_isOverWithoutAFailure() {
    connection.send(new TestChunk("A", 10), null);
    pass(0);
    acknowledge("A");
    pass(0);
    ended = true;
    pass(1);
    assertThat(connection.failure()).isNull();
    assertThat(connection.isOver(now)).isTrue();
  }

  @Test
  void connectionThatIsAcceptedAndClosed_hasFailedThoughNothingWasUnderWay() {
    ended = true;
    pass(SECOND - 1);
    assertThat(fault()).isEqualTo(Fault.CLOSED);
  }

  @Test
  void chunkWithoutAck_leavesAFailureWhenTheConnectionEndsAtOnce() {
    TransportSettings noAck = SETTINGS.withoutAck();
    for (long wait : new long[] {SECOND - 1, SECOND}) {
      ended = false;
      Connection one = new Connection(this, noAck, now, 0);
      now += 5 * SECOND;
      one.send(new TestChunk("A", 10), null);
      one.step(now, heard);
      assertThat(heard.said).endsWith("acked A");
      ended = true;
      now += wait;
      one.step(now, heard);
      assertThat(one.failure() == null).isEqualTo(wait == SECOND);
    }
  }

  @Test
  void connection_retiresByAgeOnceItIsEmptyAndByIdleness() {
    pass(30 * SECOND - 1);
    assertThat(connection.isOver(now)).isFalse();
    pass(1);
    assertThat(connection.isOver(now)).isTrue();

    Connection busy = new Connection(this, SETTINGS, now, 1);
    long cut = Duration.ofSeconds(450).toNanos();
    assertThat(busy.isUsable(now + cut - 1)).as("three quarters of ten minutes").isTrue();
    assertThat(busy.isUsable(now + cut)).isFalse();
    busy.send(new TestChunk("A", 10), null);
    assertThat(busy.isOver(now + cut)).isFalse();
  }

  @Override
  public boolean finishConnect() {
    return true;
  }

  @Override
  public long write(ByteBuffer[] buffers, int offset, int count) {
    long before = written;
    for (int i = offset; i < offset + count; i++) {
      int n = (int) Math.min(window, buffers[i].remaining());
      buffers[i].position(buffers[i].position() + n);
      window -= n;
      written += n;
    }
    return written - before;
  }

  @Override
  public int read(ByteBuffer into) {
    if (ended) {
      return -1;
    }
    int n = 0;
    for (; answers.hasRemaining() && into.hasRemaining(); n++) {
      into.put(answers.get());
    }
    return n;
  }

  @Override
  public void wantsToWrite(boolean wants) {
    wantsToWrite = wants;
  }

  @Override
  public String address() {
    return "test";
  }

  @Override
  public void close() {
    closed = true;
  }
}

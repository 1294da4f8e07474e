package dev.shiplog.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.status.DropReason;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.Frame;
import dev.shiplog.testkit.faults.Faults;
import dev.shiplog.transport.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ArrayValue;

/** What becomes of chunks that no endpoint would acknowledge. */
@Timeout(20)
class DeadLettersTest {
  @TempDir Path temporary;

  private Stepped forward(long maxBytes) {
    return new Stepped(
        Stepped.with(Stepped.settings(), new Disk(null, new Disk.Letters(dir(), maxBytes))));
  }

  private Path dir() {
    return temporary.resolve("letters");
  }

  private static void reject(Stepped forward, long number, int textLength) {
    forward.log("app", number, textLength, 3);
    forward.buffer.sealAll();
    forward.work();
    forward.transport.settle(0, new Result.Rejected("the test wants it"));
    forward.work();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(dir())) {
      return all.sorted().toList();
    }
  }

  @Test
  void rejectedChunk_isAFileThatHoldsItsFrame() throws Exception {
    Stepped forward = forward(1 << 20);
    forward.log("app", 1, 100, 2);
    reject(forward, 2, 6000);

    assertThat(files()).hasSize(1);
    try (MessageUnpacker unpacker =
        MessagePack.newDefaultUnpacker(Files.readAllBytes(files().get(0)))) {
      ArrayValue frame = unpacker.unpackValue().asArrayValue();
      assertThat(unpacker.hasNext()).isFalse();
      assertThat(frame.get(0).asStringValue().asString()).isEqualTo("app");
      assertThat(Entries.numbers(frame.get(1).asBinaryValue().asByteArray()))
          .containsExactly(1L, 2L);
      assertThat(frame.get(2).toJson())
          .isEqualTo("{\"size\":2,\"chunk\":\"" + forward.transport.last().id() + "\"}");
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().get(0))))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir())))
        .isEqualTo("rwx------");
    assertThat(forward.meters.dropped(DropReason.REJECTED, 2)).isEqualTo(1);
    assertThat(forward.meters.dropped(DropReason.REJECTED, 3)).isEqualTo(1);
    assertThat(forward.pending()).isZero();
    assertThat(forward.meters.snapshot().bufferBytes()).isZero();
  }

  @Test
  void rejectedChunk_isPendingUntilItsFileIsWrittenAndInNobodysWay() {
    Stepped forward = forward(1 << 20);
    forward.logPage(1);
    forward.buffer.sealAll();
    forward.shipper.doWork();
    forward.transport.settle(0, new Result.Rejected("the test wants it"));
    forward.log(2);
    forward.buffer.sealAll();
    forward.shipper.doWork();

    assertThat(forward.transport.last().numbers()).containsExactly(2L);
    assertThat(forward.pending()).isEqualTo(2);
    assertThat(forward.diskWakeUps).hasPositiveValue();
    forward.assertBalanced();
  }

  @Test
  void poisonChunkOnASocket_isALetterThatCanBeSentAgainAsItIs() throws Exception {
    Disk letters = new Disk(null, new Disk.Letters(dir(), 1 << 20));
    try (ForwardEndpoint endpoint =
            ForwardEndpoint.builder().behave(Faults.closeOn(DeadLettersTest::hasThree)).start();
        Shipped shipped = new Shipped(Stepped.with(Shipped.to(endpoint.port()), letters))) {
      long logged = 0;
      while (shipped.meters.snapshot().chunksRejected() == 0) {
        shipped.logChunk(logged++);
        shipped.sink.drain(Duration.ofMillis(5));
      }
      shipped.awaitEnd();
      assertThat(shipped.meters.dropped(DropReason.REJECTED, 2)).isEqualTo(1);
      assertThat(shipped.meters.snapshot().delivered()).isEqualTo(logged - 1);
      assertThat(Shipped.numbers(endpoint.distinctEvents())).doesNotContain(3L);
    }

    assertThat(files()).hasSize(1);
    try (ForwardEndpoint other = ForwardEndpoint.start();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), other.port())) {
      socket.getOutputStream().write(Files.readAllBytes(files().get(0)));
      assertThat(Shipped.numbers(other.await(1))).containsExactly(3L);
      assertThat(other.problems()).isEmpty();
    }
  }

  private static boolean hasThree(Frame frame) {
    return frame.events().stream().anyMatch(event -> Shipped.number(event) == 3);
  }

  @Test
  void oldestLetter_isDeletedWhenThereIsNoRoom() throws Exception {
    Stepped forward = forward(10_000);
    for (int n = 0; n < 5; n++) {
      reject(forward, n, 4_000);
      forward.wall += 1_000_000_000;
    }

    assertThat(files()).hasSize(2);
    assertThat(Entries.numbers(entries(files().get(0)))).containsExactly(3L);
    assertThat(Entries.numbers(entries(files().get(1)))).containsExactly(4L);
    assertThat(forward.told).filteredOn(one -> one.contains("oldest")).hasSize(1);
  }

  @Test
  void whatIsNotALetter_staysInTheFolder() throws Exception {
    Files.createDirectories(dir());
    List<String> others =
        List.of("20200101T000000.000Z-old.msgpack.gz", "export.msgpack", "letters.msgpack.part");
    for (String other : others) {
      Files.write(dir().resolve(other), new byte[20_000]);
    }
    Path link =
        Files.createSymbolicLink(
            dir().resolve("20200101T000000.000Z-link.msgpack"), dir().resolve(others.get(0)));
    Path cutShort =
        Files.write(dir().resolve("20200101T000000.000Z-cut.msgpack.part"), new byte[9_000]);
    Stepped forward = forward(10_000);
    reject(forward, 1, 4_000);

    assertThat(files()).hasSize(others.size() + 2).contains(link).doesNotContain(cutShort);
    assertThat(files())
        .extracting(file -> file.getFileName().toString())
        .containsAll(others)
        .anyMatch(name -> name.startsWith("2023"));
  }

  @Test
  void letterThatCannotBeFinished_leavesNothing() throws Exception {
    Stepped forward = forward(1 << 20);
    forward.log(1);
    forward.buffer.sealAll();
    forward.work();
    String id = forward.transport.last().id().replace('/', '_').replace('+', '-').replace("=", "");
    Path inTheWay = dir().resolve("20231114T221500.000Z-" + id + ".msgpack");
    Files.createDirectories(inTheWay.resolve("not empty"));
    forward.transport.settle(0, new Result.Rejected("the test wants it"));
    forward.work();

    assertThat(files()).containsExactly(inTheWay);
    assertThat(forward.told).filteredOn(one -> one.contains("cannot be kept")).hasSize(1);
    assertThat(forward.meters.dropped(DropReason.REJECTED, 2)).isEqualTo(1);
  }

  private static byte[] entries(Path file) throws IOException {
    try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(Files.readAllBytes(file))) {
      return unpacker.unpackValue().asArrayValue().get(1).asBinaryValue().asByteArray();
    }
  }

  @Test
  void chunkThatCannotBeKept_isCountedAllTheSameAndTold() throws Exception {
    Files.writeString(dir(), "a file is in the folder's place");
    Stepped forward = forward(1 << 20);
    reject(forward, 1, 10);

    assertThat(forward.pending()).isZero();
    assertThat(forward.meters.dropped(DropReason.REJECTED, 3)).isEqualTo(1);
    assertThat(forward.told).filteredOn(one -> one.contains("cannot be kept")).hasSize(1);
  }

  @Test
  void spooledChunk_isALetterInTheSpoolsFolderAndNotSentAgain() throws Exception {
    ForwardSettings settings = Stepped.spooled(temporary, 8);
    Disk.Spooling spool = Objects.requireNonNull(settings.buffer().disk().spool());
    Path letters = spool.deadLetters();
    settings = Stepped.with(settings, new Disk(spool, new Disk.Letters(letters, 1 << 20)));
    Stepped forward = new Stepped(settings);
    forward.work();
    reject(forward, 1, 100);
    forward.crash();

    assertThat(letters).isDirectory().isNotEmptyDirectory();
    Stepped second = new Stepped(settings);
    second.work();
    assertThat(second.meters.snapshot().recovered()).isZero();
    assertThat(letters).isNotEmptyDirectory();
    assertThat(second.told).isEmpty();
  }
}

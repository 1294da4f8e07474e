package dev.shiplog.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.testkit.Behaviour;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.Frame;
import dev.shiplog.testkit.faults.Faults;
import dev.shiplog.testkit.foreign.FluentServerProcess;
import dev.shiplog.transport.Compression;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Compressed chunks, as endpoints see them. */
@Timeout(120)
class CompressedTest {
  private static ForwardSettings compressed(int port, Compression compression) {
    ForwardSettings settings = Shipped.to(port);
    return settings.with(settings.transport().with(compression));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void chunks_arriveWholeAndSmallerAlsoWhenTheyAreSentAgain(Compression compression) {
    try (ForwardEndpoint endpoint =
            ForwardEndpoint.builder()
                .behave(Faults.closeBeforeAck(), Behaviour.acknowledging())
                .start();
        Shipped shipped = new Shipped(compressed(endpoint.port(), compression))) {
      shipped.logChunk(0);
      for (int n = 1; n < 300; n++) {
        shipped.log("app", n, 20_000);
      }
      endpoint.await(301);
      shipped.awaitEnd();

      assertThat(Shipped.numbers(endpoint.distinctEvents()))
          .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 300).boxed().toList());
      assertThat(endpoint.duplicates()).hasSize(1).containsValue(2);
      assertThat(endpoint.bytes()).as("of 6 MB").isLessThan(2_000_000);
      for (Frame frame : endpoint.frames()) {
        assertThat(frame.mode()).isEqualTo(Frame.Mode.COMPRESSED_PACKED_FORWARD);
        assertThat(frame.option())
            .containsEntry("compressed", compression == Compression.GZIP ? "gzip" : "zstd")
            .containsEntry("size", (long) frame.events().size());
      }
    }
  }

  @Test
  void gzip_isUnderstoodByAnEndpointThatOthersWrote() throws Exception {
    try (FluentServerProcess server = FluentServerProcess.start();
        Shipped shipped = new Shipped(compressed(server.port(), Compression.GZIP))) {
      for (int n = 0; n < 100; n++) {
        shipped.log("app", n, 1000);
      }
      List<String> events = server.await(100);
      shipped.awaitEnd();
      assertThat(events).hasSize(100);
      for (int n = 0; n < 100; n++) {
        assertThat(events.get(n)).contains("\"n\":" + n);
      }
      assertThat(shipped.meters.snapshot().chunksRetried()).isZero();
    }
  }
}

package dev.shiplog.stdout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.stdout.StdoutSettings.Target;
import dev.shiplog.stdout.StdoutSettings.Via;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class StreamOutputTest {
  private final ByteArrayOutputStream descriptor = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
  private final PrintStream own = new PrintStream(stream, true, StandardCharsets.UTF_8);
  private final AtomicReference<PrintStream> systemOut = new AtomicReference<>(own);

  private StreamOutput output(boolean preferDescriptor) {
    return new StreamOutput(systemOut::get, own, descriptor::write, preferDescriptor);
  }

  private static void write(Output output, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    output.write(bytes, 0, bytes.length);
  }

  @Test
  void stream_isLookedUpAtEachWrite() throws Exception {
    StreamOutput output = output(true);
    write(output, "1\n");
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    systemOut.set(new PrintStream(captured, false, StandardCharsets.UTF_8));
    write(output, "2\n");
    systemOut.set(own);
    write(output, "3\n");
    assertThat(captured).asString().isEqualTo("2\n"); // flushed, too
    assertThat(descriptor).asString().isEqualTo("1\n3\n");
    assertThat(stream).asString().isEmpty();
  }

  @Test
  void auto_followsSystemOutWhenItIsReplacedAfterTheStart() throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    for (Via via : new Via[] {Via.AUTO, Via.SYSTEM_OUT}) {
      Output output = ProcessStreams.asFirstSeen(true, stream -> stream).output(Target.STDOUT, via);
      System.setOut(new PrintStream(captured, false, StandardCharsets.UTF_8));
      try {
        write(output, via + "\n");
      } finally {
        System.setOut(before);
      }
    }
    assertThat(captured).asString().isEqualTo("AUTO\nSYSTEM_OUT\n");
  }

  @Test
  void ownStream_givesWayToTheDescriptorWhenItReportsAnError() throws Exception {
    StreamOutput output = output(false);
    write(output, "1\n");
    own.close();
    assertThatThrownBy(() -> write(output, "2\n")).isInstanceOf(IOException.class);
    write(output, "3\n");
    assertThat(stream).asString().isEqualTo("1\n");
    assertThat(descriptor).asString().isEqualTo("3\n");
  }

  @Test
  void foreignStream_startsAFreshLineWhenItThrewBefore() throws Exception {
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    boolean[] broken = {true};
    systemOut.set(
        new PrintStream(captured, false, StandardCharsets.UTF_8) {
          @Override
          public void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, broken[0] ? 1 : length);
            if (broken[0]) {
              throw new IllegalStateException("hostile");
            }
          }
        });
    StreamOutput output = output(false);
    assertThatThrownBy(() -> write(output, "1\n")).isInstanceOf(IOException.class);
    broken[0] = false;
    write(output, "2\n");
    write(output, "3\n");
    assertThat(captured).asString().isEqualTo("1\n2\n3\n");
  }

  @Test
  void foreignStream_isNotEnteredAgainWhenItLogsItself() throws Exception {
    StreamOutput output = output(false);
    systemOut.set(
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8) {
          @Override
          public void write(byte[] bytes, int offset, int length) {
            try {
              StreamOutputTest.write(output, "from inside\n");
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          }
        });
    write(output, "from outside\n");
    assertThat(descriptor).asString().isEqualTo("from inside\n");
  }
}

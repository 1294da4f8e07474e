package dev.shiplog.stdout;

import java.io.PrintStream;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the process's own streams.
 *
 * @param inContainer whether the process runs in a container
 * @param ownOut the {@code System.out} that the JVM made, or null if it was replaced before anyone
 *     could see it
 * @param ownErr the same of {@code System.err}
 * @param beneath the stream that was there before one of ours took its place; what we write must
 *     not come back to us
 */
public record ProcessStreams(
    boolean inContainer,
    @Nullable PrintStream ownOut,
    @Nullable PrintStream ownErr,
    UnaryOperator<PrintStream> beneath) {

  private static final PrintStream FIRST_OUT = System.out;
  private static final PrintStream FIRST_ERR = System.err;

  /**
   * The streams as they were when this class was loaded. The JVM makes plain {@code PrintStream}s;
   * test frameworks replace them, before anything of ours is loaded, by subclasses.
   */
  public static ProcessStreams asFirstSeen(
      boolean inContainer, UnaryOperator<PrintStream> beneath) {
    return new ProcessStreams(inContainer, plain(FIRST_OUT), plain(FIRST_ERR), beneath);
  }

  /** Whether the calling thread is writing a record to a stream that is not the JVM's own. */
  public static boolean isWriting() {
    return StreamOutput.isWriting();
  }

  private static @Nullable PrintStream plain(PrintStream stream) {
    return stream.getClass() == PrintStream.class ? stream : null;
  }

  /** Whether a stream leads to a terminal, and nobody has replaced it. */
  public boolean terminal(StdoutSettings.Target target) {
    return target == StdoutSettings.Target.STDOUT
        ? beneath.apply(System.out) == ownOut && Descriptor.OUT.terminal()
        : beneath.apply(System.err) == ownErr && Descriptor.ERR.terminal();
  }

  /** The output that {@code via} asks for on one of the two streams. */
  Output output(StdoutSettings.Target target, StdoutSettings.Via via) {
    boolean out = target == StdoutSettings.Target.STDOUT;
    Descriptor descriptor = out ? Descriptor.OUT : Descriptor.ERR;
    if (via == StdoutSettings.Via.FD) {
      return descriptor;
    }
    boolean preferDescriptor = via == StdoutSettings.Via.AUTO && inContainer;
    return out
        ? new StreamOutput(() -> beneath.apply(System.out), ownOut, descriptor, preferDescriptor)
        : new StreamOutput(() -> beneath.apply(System.err), ownErr, descriptor, preferDescriptor);
  }
}

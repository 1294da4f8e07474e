package dev.shiplog.schema.encoder;

import dev.shiplog.event.Thrown;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A view of a throwable that has no end, or does not work. */
final class HostileThrown implements Thrown {
  private static final StackTraceElement FRAME =
      new StackTraceElement("app", "m", "1", "a.b\n.\"C\"", "<init>\ud800", "C.java", 7);

  private final int how;
  private final int frames;

  HostileThrown(Random random) {
    this.how = random.nextInt(9);
    this.frames = how != 4 ? 3 : random.nextInt(20) == 0 ? Integer.MAX_VALUE : 2_000;
  }

  @Override
  public String className() {
    if (how == 0) {
      throw new IllegalStateException("no name");
    }
    return "a.b.Hostile";
  }

  @Override
  public @Nullable String message() {
    if (how == 1) {
      throw new IllegalStateException("no message");
    }
    return how == 2 ? null : "\"message\"\n".repeat(how == 3 ? 20_000 : 1);
  }

  @Override
  public int frameCount() {
    return frames;
  }

  @Override
  public StackTraceElement frame(int index) {
    if (how == 5) {
      throw new IndexOutOfBoundsException(index);
    }
    return FRAME;
  }

  @Override
  public int commonFrames() {
    return how == 6 ? Integer.MAX_VALUE : 1;
  }

  @Override
  public @Nullable Thrown cause() {
    return how == 7 ? this : null;
  }

  @Override
  public int suppressedCount() {
    return how == 8 ? 3 : 0;
  }

  @Override
  public Thrown suppressed(int index) {
    return this;
  }

  @Override
  public boolean circular() {
    return how == 2;
  }
}

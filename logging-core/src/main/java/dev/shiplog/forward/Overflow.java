package dev.shiplog.forward;

import java.time.Duration;

/**
 * What happens to an event when the buffer is full.
 *
 * @param policy what is done
 * @param timeout how long {@link Policy#BLOCK} waits for room before the event is dropped; else
 *     zero
 */
public record Overflow(Policy policy, Duration timeout) {
  /** The oldest chunk makes room. */
  public static final Overflow DROP_OLDEST = new Overflow(Policy.DROP_OLDEST, Duration.ZERO);

  /** The event itself is dropped. */
  public static final Overflow DROP_NEWEST = new Overflow(Policy.DROP_NEWEST, Duration.ZERO);

  /** The event goes to stdout instead. */
  public static final Overflow STDOUT = new Overflow(Policy.STDOUT, Duration.ZERO);

  /** The closed set of policies. */
  public enum Policy {
    DROP_OLDEST,
    DROP_NEWEST,
    BLOCK,
    STDOUT
  }

  /** The caller waits for room, at most {@code timeout}; then the event is dropped. */
  public static Overflow block(Duration timeout) {
    return new Overflow(Policy.BLOCK, timeout);
  }
}

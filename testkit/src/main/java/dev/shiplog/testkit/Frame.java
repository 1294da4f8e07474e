package dev.shiplog.testkit;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One frame of the forward protocol: usually a chunk.
 *
 * @param tag the tag of all its events
 * @param mode which of the protocol's shapes it had
 * @param events what it carried, in order; unmodifiable
 * @param option the option map as it was sent, empty when there was none; unmodifiable
 */
public record Frame(
    String tag, Mode mode, List<ReceivedEvent> events, Map<String, @Nullable Object> option) {

  /** The shape of a frame. */
  public enum Mode {
    /** {@code [tag, time, record, option?]}. */
    MESSAGE,
    /** {@code [tag, [[time, record], …], option?]}. */
    FORWARD,
    /** {@code [tag, concatenated [time, record], option?]}. */
    PACKED_FORWARD,
    /** The same, compressed as the option says. */
    COMPRESSED_PACKED_FORWARD
  }

  /** The id that the sender wants acknowledged, or null when it asks for no acknowledgement. */
  public @Nullable String chunk() {
    return (String) option.get("chunk");
  }
}

package dev.shiplog.forward;

/** Takes the events that the endpoint will not get, for stdout. Safe for any thread. */
@FunctionalInterface
public interface Spill {
  /**
   * Writes one event; may block as stdout does. An event for which it throws counts as {@code
   * WRITE_FAILED}.
   *
   * @param entry holds one msgpack entry {@code [time, map]}; not kept
   * @param level the severity's index
   */
  void spill(String tag, byte[] entry, int offset, int length, int level);
}

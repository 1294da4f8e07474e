package dev.shiplog.sink;

/** What became of an entry at the moment {@link Sink#accept} returned. */
public enum Outcome {
  /** The sink answers for it from now on: delivered, pending or counted as dropped. */
  ACCEPTED,
  /** Accepted, and given up before the call returned: already counted as dropped. */
  DROPPED,
  /** The sink did not take it and has counted the refusal; the caller need do nothing. */
  REFUSED
}

package dev.shiplog.pipeline;

import dev.shiplog.sink.Entry;
import java.util.function.Supplier;

/** Lends encodings to threads; a {@link Pool} that keeps none that has grown large. */
final class EncodingPool {
  /** A buffer that one large event has grown is not worth keeping. */
  private static final int MAX_KEPT_BYTES = 64 * 1024;

  private final Pool<Lease> leases;

  EncodingPool(Supplier<Encoding> encodings) {
    this.leases = new Pool<>(() -> new Lease(encodings.get()));
  }

  /** An encoding that is nobody else's until it is given back. */
  Lease take() {
    return leases.take();
  }

  /** Takes back what was lent; not to be called for one that failed with an error of the JVM. */
  void give(Lease lease) {
    if (lease.encoding.heldBytes() <= MAX_KEPT_BYTES) {
      leases.give(lease);
    }
  }

  /** An encoding and the entry that carries its bytes. */
  static final class Lease {
    final Encoding encoding;
    final Entry entry = new Entry();

    Lease(Encoding encoding) {
      this.encoding = encoding;
    }
  }
}

package dev.shiplog.pipeline;

import dev.shiplog.event.LogEvent;
import dev.shiplog.schema.encoder.EncodeSession;
import dev.shiplog.schema.encoder.EventEncoder;

/** Encodes events as records of a schema. */
public final class RecordEncoding implements Encoding {
  private final EventEncoder encoder;
  private final EncodeSession session;

  /** A session of {@code encoder}. */
  public RecordEncoding(EventEncoder encoder) {
    this.encoder = encoder;
    this.session = encoder.newSession();
  }

  @Override
  public boolean encode(LogEvent event) {
    return encoder.encode(event, session) == EventEncoder.Fit.WHOLE;
  }

  @Override
  public int renamed() {
    return session.renamed();
  }

  @Override
  public boolean next() {
    return session.next();
  }

  @Override
  public int heldBytes() {
    return session.heldBytes();
  }

  @Override
  public byte[] bytes() {
    return session.bytes();
  }

  @Override
  public int length() {
    return session.length();
  }
}

package dev.shiplog.logback;

import dev.shiplog.config.Scope;

/** Sends events to a fluentd or Fluent Bit forward endpoint: {@code fluentd.*} of the key table. */
public final class FluentdAppender extends ShiplogAppender {
  /** An appender with every setting on its default. */
  public FluentdAppender() {
    super(Scope.FLUENTD);
  }

  /** Adds to the key {@code fluentd.endpoint}. */
  public void addEndpoint(String value) {
    put("endpoint", value);
  }

  /** Sets the key {@code fluentd.balance}. */
  public void setBalance(String value) {
    put("balance", value);
  }

  /** Sets the key {@code fluentd.tag}. */
  public void setTag(String value) {
    put("tag", value);
  }

  /** Adds to the key {@code fluentd.tagRule}. */
  public void addTagRule(String value) {
    put("tagRule", value);
  }

  /** Sets the key {@code fluentd.maxTags}. */
  public void setMaxTags(String value) {
    put("maxTags", value);
  }

  /** Sets the key {@code fluentd.ack}. */
  public void setAck(String value) {
    put("ack", value);
  }

  /** Sets the key {@code fluentd.compression}. */
  public void setCompression(String value) {
    put("compression", value);
  }

  /** Sets the key {@code fluentd.connectTimeout}. */
  public void setConnectTimeout(String value) {
    put("connectTimeout", value);
  }

  /** Sets the key {@code fluentd.writeTimeout}. */
  public void setWriteTimeout(String value) {
    put("writeTimeout", value);
  }

  /** Sets the key {@code fluentd.ackTimeout}. */
  public void setAckTimeout(String value) {
    put("ackTimeout", value);
  }

  /** Sets the key {@code fluentd.overflow}. */
  public void setOverflow(String value) {
    put("overflow", value);
  }

  /** Sets the key {@code fluentd.drainTimeout}. */
  public void setDrainTimeout(String value) {
    put("drainTimeout", value);
  }

  /** Sets the key {@code fluentd.drainRemainder}. */
  public void setDrainRemainder(String value) {
    put("drainRemainder", value);
  }

  /** Sets the key {@code fluentd.transport}. */
  public void setTransport(String value) {
    put("transport", value);
  }

  /** Takes over what stands in {@code <chunk>}. */
  public void setChunk(FluentdGroups.Chunk group) {
    group.moveTo(this, "chunk");
  }

  /** Takes over what stands in {@code <connection>}. */
  public void setConnection(FluentdGroups.Connection group) {
    group.moveTo(this, "connection");
  }

  /** Takes over what stands in {@code <retry>}. */
  public void setRetry(FluentdGroups.Retry group) {
    group.moveTo(this, "retry");
  }

  /** Takes over what stands in {@code <buffer>}. */
  public void setBuffer(FluentdGroups.Buffer group) {
    group.moveTo(this, "buffer");
  }

  /** Takes over what stands in {@code <spool>}. */
  public void setSpool(FluentdGroups.Spool group) {
    group.moveTo(this, "spool");
  }

  /** Takes over what stands in {@code <deadLetter>}. */
  public void setDeadLetter(FluentdGroups.DeadLetter group) {
    group.moveTo(this, "deadLetter");
  }

  /** Takes over what stands in {@code <tls>}. */
  public void setTls(FluentdGroups.Tls group) {
    group.moveTo(this, "tls");
  }

  /** Takes over what stands in {@code <auth>}. */
  public void setAuth(FluentdGroups.Auth group) {
    group.moveTo(this, "auth");
  }
}

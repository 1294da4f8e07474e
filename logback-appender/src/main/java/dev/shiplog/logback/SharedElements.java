package dev.shiplog.logback;

/**
 * The elements that every appender and the encoder have in a {@code logback.xml}, one for each
 * shared key. All take strings: nothing is judged before everything has been read.
 */
public sealed interface SharedElements permits ShiplogAppender, ShiplogEncoder {
  /**
   * Remembers a setting, for whoever configures in code: {@code put("spool.maxBytes", "1MB")}. A
   * key that may be repeated is put again and again.
   *
   * @param key as in the reference, without {@code stdout.} or {@code fluentd.} before it
   */
  void put(String key, String value);

  /** Sets the key {@code schema}. */
  default void setSchema(String value) {
    put("schema", value);
  }

  /** Sets the key {@code nested}. */
  default void setNested(String value) {
    put("nested", value);
  }

  /** Adds to the key {@code field}. */
  default void addField(String value) {
    put("field", value);
  }

  /** Adds to the key {@code include}. */
  default void addInclude(String value) {
    put("include", value);
  }

  /** Adds to the key {@code exclude}. */
  default void addExclude(String value) {
    put("exclude", value);
  }

  /** Adds to the key {@code rename}. */
  default void addRename(String value) {
    put("rename", value);
  }

  /** Sets {@code <values>}. */
  default void setValues(String value) {
    put("values", value);
  }

  /** Sets the key {@code objects}. */
  default void setObjects(String value) {
    put("objects", value);
  }

  /** Sets the key {@code duplicates}. */
  default void setDuplicates(String value) {
    put("duplicates", value);
  }

  /** Sets the key {@code callerData}. */
  default void setCallerData(String value) {
    put("callerData", value);
  }

  /** Sets the key {@code maxEventBytes}. */
  default void setMaxEventBytes(String value) {
    put("maxEventBytes", value);
  }

  /** Sets the key {@code oversize}. */
  default void setOversize(String value) {
    put("oversize", value);
  }

  /** Sets the key {@code sequence}. */
  default void setSequence(String value) {
    put("sequence", value);
  }

  /** Sets the key {@code diagnose}. */
  default void setDiagnose(String value) {
    put("diagnose", value);
  }

  /** Sets the key {@code prefix}. */
  default void setPrefix(String value) {
    put("prefix", value);
  }

  /** Takes over what stands in {@code <service>}. */
  default void setService(SharedGroups.Service group) {
    group.moveTo(this, "service");
  }

  /** Takes over what stands in {@code <mdc>}. */
  default void setMdc(SharedGroups.Mdc group) {
    group.moveTo(this, "mdc");
  }

  /** Takes over what stands in {@code <kv>}. */
  default void setKv(SharedGroups.Kv group) {
    group.moveTo(this, "kv");
  }

  /** Takes over what stands in {@code <limits>}. */
  default void setLimits(SharedGroups.Limits group) {
    group.moveTo(this, "limits");
  }

  /** Takes over what stands in {@code <timestamp>}. */
  default void setTimestamp(SharedGroups.Timestamp group) {
    group.moveTo(this, "timestamp");
  }

  /** Takes over what stands in {@code <gcp>}. */
  default void setGcp(SharedGroups.Gcp group) {
    group.moveTo(this, "gcp");
  }

  /** Takes over what stands in {@code <stackTrace>}. */
  default void setStackTrace(SharedGroups.StackTrace group) {
    group.moveTo(this, "stackTrace");
  }

  /** Takes over what stands in {@code <mask>}. */
  default void setMask(SharedGroups.Mask group) {
    group.moveTo(this, "mask");
  }

  /** Takes over what stands in {@code <rate>}. */
  default void setRate(SharedGroups.Rate group) {
    group.moveTo(this, "rate");
  }

  /** Takes over what stands in {@code <metadata>}. */
  default void setMetadata(SharedGroups.Metadata group) {
    group.moveTo(this, "metadata");
  }
}

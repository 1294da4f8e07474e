package dev.shiplog.logback;

/** The nested elements that every appender and the encoder have. */
public final class SharedGroups {
  private SharedGroups() {}

  /** {@code <service>}. */
  public static final class Service extends Group {
    /** Sets the key {@code service.name}. */
    public void setName(String value) {
      put("name", value);
    }

    /** Sets the key {@code service.version}. */
    public void setVersion(String value) {
      put("version", value);
    }

    /** Sets the key {@code service.environment}. */
    public void setEnvironment(String value) {
      put("environment", value);
    }

    /** Sets the key {@code service.instance}. */
    public void setInstance(String value) {
      put("instance", value);
    }
  }

  /** {@code <mdc>}. */
  public static final class Mdc extends Group {
    /** Adds to the key {@code mdc.include}. */
    public void addInclude(String value) {
      put("include", value);
    }

    /** Adds to the key {@code mdc.exclude}. */
    public void addExclude(String value) {
      put("exclude", value);
    }

    /** Sets the key {@code mdc.prefix}. */
    public void setPrefix(String value) {
      put("prefix", value);
    }
  }

  /** {@code <kv>}. */
  public static final class Kv extends Group {
    /** Adds to the key {@code kv.include}. */
    public void addInclude(String value) {
      put("include", value);
    }

    /** Adds to the key {@code kv.exclude}. */
    public void addExclude(String value) {
      put("exclude", value);
    }

    /** Sets the key {@code kv.prefix}. */
    public void setPrefix(String value) {
      put("prefix", value);
    }
  }

  /** {@code <limits>}. */
  public static final class Limits extends Group {
    /** Sets the key {@code limits.fields}. */
    public void setFields(String value) {
      put("fields", value);
    }

    /** Sets the key {@code limits.depth}. */
    public void setDepth(String value) {
      put("depth", value);
    }

    /** Sets the key {@code limits.keyBytes}. */
    public void setKeyBytes(String value) {
      put("keyBytes", value);
    }
  }

  /** {@code <timestamp>}. */
  public static final class Timestamp extends Group {
    /** Sets the key {@code timestamp.field}. */
    public void setField(String value) {
      put("field", value);
    }

    /** Sets the key {@code timestamp.precision}. */
    public void setPrecision(String value) {
      put("precision", value);
    }
  }

  /** {@code <gcp>}. */
  public static final class Gcp extends Group {
    /** Sets the key {@code gcp.project}. */
    public void setProject(String value) {
      put("project", value);
    }
  }

  /** {@code <stackTrace>}. */
  public static final class StackTrace extends Group {
    /** Sets the key {@code stackTrace.format}. */
    public void setFormat(String value) {
      put("format", value);
    }

    /** Sets the key {@code stackTrace.rootCauseFirst}. */
    public void setRootCauseFirst(String value) {
      put("rootCauseFirst", value);
    }

    /** Sets the key {@code stackTrace.maxFrames}. */
    public void setMaxFrames(String value) {
      put("maxFrames", value);
    }

    /** Sets the key {@code stackTrace.maxBytes}. */
    public void setMaxBytes(String value) {
      put("maxBytes", value);
    }

    /** Adds to the key {@code stackTrace.exclude}. */
    public void addExclude(String value) {
      put("exclude", value);
    }

    /** Sets the key {@code stackTrace.shortenClassNames}. */
    public void setShortenClassNames(String value) {
      put("shortenClassNames", value);
    }

    /** Sets the key {@code stackTrace.hash}. */
    public void setHash(String value) {
      put("hash", value);
    }
  }

  /** {@code <mask>}. */
  public static final class Mask extends Group {
    /** Adds to the key {@code mask.key}. */
    public void addKey(String value) {
      put("key", value);
    }

    /** Adds to the key {@code mask.pattern}. */
    public void addPattern(String value) {
      put("pattern", value);
    }

    /** Adds to the key {@code mask.preset}. */
    public void addPreset(String value) {
      put("preset", value);
    }

    /** Sets the key {@code mask.replacement}. */
    public void setReplacement(String value) {
      put("replacement", value);
    }
  }

  /** {@code <rate>}. */
  public static final class Rate extends Group {
    /** Sets the key {@code rate.perLogger}. */
    public void setPerLogger(String value) {
      put("perLogger", value);
    }
  }

  /** {@code <metadata>}. */
  public static final class Metadata extends Group {
    /** Sets the key {@code metadata.level}. */
    public void setLevel(String value) {
      put("level", value);
    }

    /** Sets the key {@code metadata.names}. */
    public void setNames(String value) {
      put("names", value);
    }

    /** Sets the key {@code metadata.http}. */
    public void setHttp(String value) {
      put("http", value);
    }
  }
}

package dev.shiplog.logback;

/** The nested elements of a {@link FluentdAppender}. */
public final class FluentdGroups {
  private FluentdGroups() {}

  /** {@code <chunk>}. */
  public static final class Chunk extends Group {
    /** Sets the key {@code chunk.maxBytes}. */
    public void setMaxBytes(String value) {
      put("maxBytes", value);
    }

    /** Sets the key {@code chunk.maxAge}. */
    public void setMaxAge(String value) {
      put("maxAge", value);
    }

    /** Sets the key {@code chunk.inFlight}. */
    public void setInFlight(String value) {
      put("inFlight", value);
    }
  }

  /** {@code <connection>}. */
  public static final class Connection extends Group {
    /** Sets the key {@code connection.maxAge}. */
    public void setMaxAge(String value) {
      put("maxAge", value);
    }

    /** Sets the key {@code connection.maxIdle}. */
    public void setMaxIdle(String value) {
      put("maxIdle", value);
    }
  }

  /** {@code <retry>}. */
  public static final class Retry extends Group {
    /** Sets the key {@code retry.initial}. */
    public void setInitial(String value) {
      put("initial", value);
    }

    /** Sets the key {@code retry.max}. */
    public void setMax(String value) {
      put("max", value);
    }
  }

  /** {@code <buffer>}. */
  public static final class Buffer extends Group {
    /** Sets the key {@code buffer.maxBytes}. */
    public void setMaxBytes(String value) {
      put("maxBytes", value);
    }
  }

  /** {@code <spool>}. */
  public static final class Spool extends Group {
    /** Sets the key {@code spool.dir}. */
    public void setDir(String value) {
      put("dir", value);
    }

    /** Sets the key {@code spool.maxBytes}. */
    public void setMaxBytes(String value) {
      put("maxBytes", value);
    }

    /** Sets the key {@code spool.maxAge}. */
    public void setMaxAge(String value) {
      put("maxAge", value);
    }

    /** Sets the key {@code spool.sync}. */
    public void setSync(String value) {
      put("sync", value);
    }
  }

  /** {@code <deadLetter>}. */
  public static final class DeadLetter extends Group {
    /** Sets the key {@code deadLetter.dir}. */
    public void setDir(String value) {
      put("dir", value);
    }

    /** Sets the key {@code deadLetter.maxBytes}. */
    public void setMaxBytes(String value) {
      put("maxBytes", value);
    }
  }

  /** {@code <tls>}. */
  public static final class Tls extends Group {
    /** Sets the key {@code tls.enabled}. */
    public void setEnabled(String value) {
      put("enabled", value);
    }

    /** Sets the key {@code tls.ca}. */
    public void setCa(String value) {
      put("ca", value);
    }

    /** Sets the key {@code tls.cert}. */
    public void setCert(String value) {
      put("cert", value);
    }

    /** Sets the key {@code tls.key}. */
    public void setKey(String value) {
      put("key", value);
    }

    /** Sets the key {@code tls.keyPassword}. */
    public void setKeyPassword(String value) {
      put("keyPassword", value);
    }

    /** Sets the key {@code tls.keyPasswordFile}. */
    public void setKeyPasswordFile(String value) {
      put("keyPasswordFile", value);
    }

    /** Sets the key {@code tls.bundle}. */
    public void setBundle(String value) {
      put("bundle", value);
    }

    /** Sets the key {@code tls.verifyHostname}. */
    public void setVerifyHostname(String value) {
      put("verifyHostname", value);
    }
  }

  /** {@code <auth>}. */
  public static final class Auth extends Group {
    /** Sets the key {@code auth.sharedKey}. */
    public void setSharedKey(String value) {
      put("sharedKey", value);
    }

    /** Sets the key {@code auth.sharedKeyFile}. */
    public void setSharedKeyFile(String value) {
      put("sharedKeyFile", value);
    }

    /** Sets the key {@code auth.selfHostname}. */
    public void setSelfHostname(String value) {
      put("selfHostname", value);
    }

    /** Sets the key {@code auth.username}. */
    public void setUsername(String value) {
      put("username", value);
    }

    /** Sets the key {@code auth.password}. */
    public void setPassword(String value) {
      put("password", value);
    }

    /** Sets the key {@code auth.passwordFile}. */
    public void setPasswordFile(String value) {
      put("passwordFile", value);
    }

    /** Sets the key {@code auth.allowPlaintext}. */
    public void setAllowPlaintext(String value) {
      put("allowPlaintext", value);
    }
  }
}

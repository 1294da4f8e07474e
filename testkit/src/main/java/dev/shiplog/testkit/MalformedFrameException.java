package dev.shiplog.testkit;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A frame that is not one of the forward protocol's. */
final class MalformedFrameException extends IOException {
  private static final long serialVersionUID = 1;

  MalformedFrameException(String message) {
    this(message, null);
  }

  MalformedFrameException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package dev.shiplog.fluency;

import dev.shiplog.transport.Fault;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import org.jspecify.annotations.Nullable;

/**
 * Why a delivery failed.
 *
 * @param sent whether any bytes of the chunk may have reached the endpoint
 */
record Trouble(Fault fault, String detail, boolean sent) {
  /** What an endpoint answered that is no acknowledgement of the chunk that it was sent. */
  static final class BadAnswerException extends IOException {
    private static final long serialVersionUID = 1;

    private final Fault fault;

    BadAnswerException(Fault fault, String message) {
      super(message);
      this.fault = fault;
    }
  }

  /** What Fluency threw while the delivery was at {@code stage}; it wraps what it catches. */
  static Trouble of(Throwable thrown, Delivery.Stage stage) {
    boolean sent = stage.compareTo(Delivery.Stage.WRITING) >= 0;
    BadAnswerException answer = cause(thrown, BadAnswerException.class);
    if (answer != null) {
      return new Trouble(answer.fault, String.valueOf(answer.getMessage()), sent);
    }
    Throwable root = thrown;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String detail = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    return new Trouble(fault(root, stage), detail, sent);
  }

  private static Fault fault(Throwable root, Delivery.Stage stage) {
    if (stage.compareTo(Delivery.Stage.WRITING) < 0) {
      boolean unknown =
          root instanceof UnknownHostException || root instanceof UnresolvedAddressException;
      return unknown ? Fault.UNRESOLVED : Fault.UNREACHABLE;
    }
    boolean late = stage == Delivery.Stage.AWAITING_ACK && root instanceof SocketTimeoutException;
    return late ? Fault.ACK_TIMEOUT : Fault.CLOSED;
  }

  private static <T extends Throwable> @Nullable T cause(Throwable thrown, Class<T> type) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
    }
    return null;
  }
}

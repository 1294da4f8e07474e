package dev.shiplog;

import dev.shiplog.status.Status;
import org.jspecify.annotations.Nullable;

/**
 * Tells whoever owns the pipeline at the moment: a pipeline outlives the appender that started it
 * when a reloaded configuration takes it over. Safe for any thread.
 */
final class RelayStatus implements Status {
  private volatile Status owner;

  RelayStatus(Status owner) {
    this.owner = owner;
  }

  Status owner() {
    return owner;
  }

  void owner(Status newOwner) {
    owner = newOwner;
  }

  @Override
  public void info(String message) {
    owner.info(message);
  }

  @Override
  public void warn(String message, @Nullable Throwable cause) {
    owner.warn(message, cause);
  }

  @Override
  public void error(String message, @Nullable Throwable cause) {
    owner.error(message, cause);
  }
}

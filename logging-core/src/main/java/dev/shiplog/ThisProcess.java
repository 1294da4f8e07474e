package dev.shiplog;

import dev.shiplog.capture.Captures;
import dev.shiplog.metadata.LiveMetadata;
import dev.shiplog.metadata.Machine;
import dev.shiplog.stdout.ProcessStreams;
import java.util.Map;

/**
 * What is found out once about the process that this runs in, and shared by all its pipelines.
 *
 * @param metadata what is known of the container
 * @param application what the application knows of itself
 * @param captures who captures what it says besides its logging
 */
record ThisProcess(LiveMetadata metadata, Map<String, String> application, Captures captures) {
  /** This process; detected when first asked for. */
  static ThisProcess current() {
    return Holder.CURRENT;
  }

  private static final class Holder {
    static final ThisProcess CURRENT =
        new ThisProcess(
            LiveMetadata.of(Machine.here()),
            Application.facts(
                System::getProperty,
                System::getenv,
                Thread.currentThread().getContextClassLoader()),
            new Captures(ProcessStreams::isWriting));
  }
}

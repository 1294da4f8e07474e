package dev.shiplog.benchmarks;

import java.io.IOException;

/** One way of the sample event from the application to a forward endpoint. */
interface ForwardSubject {
  /** Logs the sample event with the arguments at {@code index}, as an application would. */
  void log(int index) throws IOException;

  /** Ends it as the application's end would; everything has been delivered already. */
  void close() throws IOException;
}

package dev.shiplog.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Is the handler of java.util.logging's root logger, where handlers for the console were. Core does
 * not log: this is a source of events as any other, and the only class besides {@link JulEvent}
 * that needs the module java.logging.
 */
final class JulHook extends Handler implements Hook {
  /** Where it stands, SLF4J gets the records, and its appenders with it. */
  private static final String BRIDGE = "org.slf4j.bridge.SLF4JBridgeHandler";

  private final Outlet outlet;
  private final Recursion recursion;
  private final Logger root = Logger.getLogger("");
  private final List<Handler> consoles = new ArrayList<>();

  JulHook(Outlet outlet, Recursion recursion) {
    this.outlet = outlet;
    this.recursion = recursion;
  }

  @Override
  public void install() {
    for (Handler handler : root.getHandlers()) {
      if (handler.getClass().getName().equals(BRIDGE)) {
        throw new IllegalStateException("jul-to-slf4j brings these records already");
      }
    }
    for (Handler handler : root.getHandlers()) {
      if (handler instanceof ConsoleHandler) {
        root.removeHandler(handler);
        consoles.add(handler);
      }
    }
    root.addHandler(this);
  }

  @Override
  public boolean isInPlace() {
    return Arrays.asList(root.getHandlers()).contains(this);
  }

  @Override
  public void restore() {
    if (isInPlace()) {
      root.removeHandler(this);
      consoles.forEach(root::addHandler);
    }
  }

  @Override
  public void publish(LogRecord record) {
    Claim owner = outlet.owner();
    if (owner == null || !isLoggable(record)) {
      return;
    }
    JulEvent event = new JulEvent(record);
    if (recursion.isTooDeep()) {
      System.err.println(event.message()); // nothing is lost, and it does not go round
    } else {
      recursion.within(() -> owner.target().log(event));
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}

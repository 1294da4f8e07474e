package dev.shiplog.samples.plainlog4j2;

import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.message.MapMessage;

/** Logs three events and ends. */
public final class Plain {
  private static final Logger LOGGER = LogManager.getLogger(Plain.class);

  private Plain() {}

  /** The application. */
  public static void main(String[] arguments) {
    ThreadContext.put("visitor", "v-1");
    LOGGER.info("opened {} rooms", 3);
    ThreadContext.clearMap();
    LOGGER.info(new MapMessage<>(Map.of("message", "sold a painting", "price", 1_200)));
    LOGGER.error("cannot close", new IllegalStateException("visitors inside"));
  }
}

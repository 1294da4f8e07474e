package dev.shiplog.samples.plainlogback;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Logs three events and ends. */
public final class Plain {
  private static final Logger LOGGER = LoggerFactory.getLogger(Plain.class);

  private Plain() {}

  /** The application. */
  public static void main(String[] arguments) {
    MDC.put("visitor", "v-1");
    LOGGER.info("opened {} rooms", 3);
    MDC.clear();
    LOGGER.atInfo().addKeyValue("price", 1_200).log("sold a painting");
    LOGGER.error("cannot close", new IllegalStateException("visitors inside"));
  }
}

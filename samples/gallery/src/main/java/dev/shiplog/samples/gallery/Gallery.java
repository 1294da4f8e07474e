package dev.shiplog.samples.gallery;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/**
 * The gallery's web server; what it does about logging stands in application.yaml.
 *
 * <p>{@code java -jar gallery.jar [--server.port=port]}; without a port the system chooses one. It
 * opens on loopback, or on all addresses with {@code GALLERY_HOST=0.0.0.0}, as a container needs
 * it.
 */
@SpringBootApplication(proxyBeanMethods = false)
public class Gallery {
  private static final Logger log = LoggerFactory.getLogger(Gallery.class);

  /** For words to whoever started the process; what is printed to System.err becomes events. */
  private static final PrintStream WORDS =
      new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);

  /** For Spring. */
  Gallery() {}

  @EventListener
  void opened(ApplicationReadyEvent event) {
    log.atInfo()
        .addKeyValue("server.port", port(event.getApplicationContext().getEnvironment()))
        .log("The gallery is open");
  }

  @EventListener(ContextClosedEvent.class)
  void closes() {
    log.info("The gallery closes");
  }

  /** Opens the gallery until the process is told to end. */
  public static void main(String[] args) {
    Environment environment = SpringApplication.run(Gallery.class, args).getEnvironment();
    // Last words: what became of everything that was logged. Added now, it comes before
    // Spring's own handler, which stops the appenders.
    SpringApplication.getShutdownHandlers()
        .add(() -> Account.closing().forEach(account -> WORDS.println(account.toJson())));
    WORDS.println(
        "{\"open\":\"http://"
            + environment.getRequiredProperty("server.address")
            + ":"
            + port(environment)
            + "/\"}");
  }

  private static int port(Environment environment) {
    return environment.getRequiredProperty("local.server.port", Integer.class);
  }
}

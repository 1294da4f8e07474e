/** shiplog's core: events in, bytes out, to stdout or to a forward endpoint. */
module dev.shiplog.core {
  requires static org.jspecify;
  requires static com.github.luben.zstd_jni;
  requires static com.fasterxml.jackson.databind;
  requires static tools.jackson.databind;
  requires static io.opentelemetry.api;
  requires static java.logging;
  requires static java.management;

  // what a Jackson is tried on when it is looked for
  opens dev.shiplog.record.jackson to
      com.fasterxml.jackson.databind,
      tools.jackson.databind;

  uses dev.shiplog.config.SettingsOverlay;

  exports dev.shiplog;
  exports dev.shiplog.config to
      dev.shiplog.log4j2,
      dev.shiplog.logback,
      dev.shiplog.spring;
  exports dev.shiplog.event;
  exports dev.shiplog.pipeline to
      dev.shiplog.log4j2,
      dev.shiplog.logback;
  exports dev.shiplog.schema;
  exports dev.shiplog.status;
  exports dev.shiplog.transport to
      dev.shiplog.fluency;

  uses dev.shiplog.transport.TransportProvider;
}

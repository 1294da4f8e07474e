/** shiplog's forward transport on the senders of Fluency. */
module dev.shiplog.fluency {
  requires static org.jspecify;
  requires dev.shiplog.core;
  requires fluency.core;
  requires fluency.fluentd;

  // what Fluency uses and, having no descriptor, cannot ask for
  requires com.fasterxml.jackson.databind;
  requires org.slf4j;

  provides dev.shiplog.transport.TransportProvider with
      dev.shiplog.fluency.FluencyProvider;
}

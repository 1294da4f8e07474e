/** shiplog for Logback. */
module dev.shiplog.logback {
  requires static org.jspecify;
  requires static logstash.logback.encoder;
  requires static tools.jackson.databind;
  requires static com.fasterxml.jackson.databind;
  requires transitive dev.shiplog.core;
  requires transitive ch.qos.logback.classic;
  requires transitive ch.qos.logback.core;
  requires org.slf4j;

  exports dev.shiplog.logback;
}

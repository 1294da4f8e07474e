/** shiplog for Log4j 2. */
module dev.shiplog.log4j2 {
  requires static org.jspecify;
  requires transitive dev.shiplog.core;
  requires transitive org.apache.logging.log4j;
  requires transitive org.apache.logging.log4j.core;
  requires java.xml;

  exports dev.shiplog.log4j2;

  // it makes the plugins and their elements
  opens dev.shiplog.log4j2 to
      org.apache.logging.log4j.core;
}

package dev.shiplog.event;

/** The five severities that SLF4J, Logback and Log4j 2 share, lowest first. */
public enum Severity {
  TRACE,
  DEBUG,
  INFO,
  WARN,
  ERROR
}

package dev.shiplog.config;

import static dev.shiplog.config.Types.BOOLEAN;
import static dev.shiplog.config.Types.FILE;
import static dev.shiplog.config.Types.FOLDER;
import static dev.shiplog.config.Types.PING_FIELD;
import static dev.shiplog.config.Types.TEXT;
import static dev.shiplog.config.Types.choice;
import static dev.shiplog.config.Types.duration;
import static dev.shiplog.config.Types.integer;
import static dev.shiplog.config.Types.size;

import java.time.Duration;
import java.util.List;

/** The keys of {@code fluentd.*}. */
public final class FluentdKeys {
  public static final Key<Endpoint> ENDPOINT =
      key("endpoint", Endpoint.TYPE)
          .defaultsTo("127.0.0.1:24224")
          .repeatable()
          .says("Where chunks go.");
  public static final Key<Choice.Balance> BALANCE =
      key("balance", choice(Choice.Balance.class))
          .defaultsTo("failover")
          .says("How several endpoints share the work.");
  public static final Key<String> TAG =
      key("tag", TagRule.TEMPLATE_TYPE)
          .defaultsTo("{service}")
          .says(
              "The template of an event's tag; the logger access-log has {service}.access-log,"
                  + " unless a tagRule fits it.");
  public static final Key<TagRule> TAG_RULE =
      key("tagRule", TagRule.TYPE)
          .repeatable()
          .says("Another template for some loggers, or for events with some marker.");
  public static final Key<Integer> MAX_TAGS =
      key("maxTags", integer(1, 65_536))
          .defaultsTo("256")
          .says("Different tags at most; the rest goes under the template's constant head.");
  public static final Key<Boolean> ACK =
      key("ack", BOOLEAN)
          .defaultsTo("true")
          .says("Nothing is forgotten before the endpoint has acknowledged it.");
  public static final Key<Long> CHUNK_MAX_BYTES =
      key("chunk.maxBytes", size("1KB", "64MB"))
          .defaultsTo("1MB")
          .says("A chunk of this size is sent.");
  public static final Key<Duration> CHUNK_MAX_AGE =
      key("chunk.maxAge", duration("1ms", "10m"))
          .defaultsTo("1s")
          .says("A chunk of this age is sent, however small.");
  public static final Key<Integer> CHUNK_IN_FLIGHT =
      key("chunk.inFlight", integer(1, 64))
          .defaultsTo("4")
          .says("Unacknowledged chunks on a connection at most; 1 is lock-step.");
  public static final Key<Choice.Compression> COMPRESSION =
      key("compression", choice(Choice.Compression.class))
          .defaultsTo("none")
          .says("How chunks are compressed.");
  public static final Key<Duration> CONNECT_TIMEOUT =
      deadline("connectTimeout", "5s", "The deadline of a connection attempt, look-up included.");
  public static final Key<Duration> WRITE_TIMEOUT =
      deadline("writeTimeout", "10s", "The deadline of writing a chunk.");
  public static final Key<Duration> ACK_TIMEOUT =
      deadline("ackTimeout", "60s", "The deadline of an acknowledgement.");
  public static final Key<Duration> CONNECTION_MAX_AGE =
      key("connection.maxAge", duration("1s", "7d"))
          .defaultsTo("10m")
          .says("A connection of this age is replaced, with jitter.");
  public static final Key<Duration> CONNECTION_MAX_IDLE =
      key("connection.maxIdle", duration("1s", "7d"))
          .defaultsTo("30s")
          .says("A connection that was idle for so long is replaced, with jitter.");
  public static final Key<Duration> RETRY_INITIAL =
      key("retry.initial", duration("1ms", "1h"))
          .defaultsTo("500ms")
          .says("The first pause after a failure; later ones double, with full jitter.");
  public static final Key<Duration> RETRY_MAX =
      key("retry.max", duration("1ms", "1h"))
          .defaultsTo("30s")
          .says("The longest pause after a failure.");
  public static final Key<Long> BUFFER_MAX_BYTES =
      key("buffer.maxBytes", size("64KB", "64GB"))
          .defaultsTo("32MB")
          .says("Bytes that wait for the endpoint at most, all tags together.");
  public static final Key<Overflow> OVERFLOW =
      key("overflow", Overflow.OF_FLUENTD)
          .defaultsTo("drop-oldest")
          .says("What becomes of an event that finds the buffer full.");
  public static final Key<String> SPOOL_DIR =
      key("spool.dir", FOLDER).says("Where events outlive the process; off unless set.");
  public static final Key<Long> SPOOL_MAX_BYTES =
      key("spool.maxBytes", size("1MB", "1024GB"))
          .defaultsTo("256MB")
          .says("Bytes on disk at most.");
  public static final Key<Duration> SPOOL_MAX_AGE =
      key("spool.maxAge", duration("1m", "365d"))
          .defaultsTo("7d")
          .says("Events of this age are given up.");
  public static final Key<SpoolSync> SPOOL_SYNC =
      key("spool.sync", SpoolSync.TYPE)
          .defaultsTo("none")
          .says("When what was written is forced to disk, against power loss.");
  public static final Key<String> DEAD_LETTER_DIR =
      key("deadLetter.dir", FOLDER)
          .says("Where chunks go that no endpoint would acknowledge; in the spool unless set.");
  public static final Key<Long> DEAD_LETTER_MAX_BYTES =
      key("deadLetter.maxBytes", size("64KB", "1024GB"))
          .defaultsTo("64MB")
          .says("Bytes of such chunks at most.");
  public static final Key<Duration> DRAIN_TIMEOUT =
      key("drainTimeout", duration("0s", "1h"))
          .defaultsTo("5s")
          .says("How long stopping may wait for the endpoint.");
  public static final Key<Choice.DrainRemainder> DRAIN_REMAINDER =
      key("drainRemainder", choice(Choice.DrainRemainder.class))
          .defaultsTo("stdout")
          .says("What becomes of the events that are left then.");
  public static final Key<Boolean> TLS_ENABLED =
      key("tls.enabled", BOOLEAN).says("Sends over TLS; any other tls key does so too.");
  public static final Key<String> TLS_CA = file("tls.ca", "PEM file of the trusted authorities.");
  public static final Key<String> TLS_CERT = file("tls.cert", "PEM file of our certificate.");
  public static final Key<String> TLS_KEY = file("tls.key", "PEM file of our private key.");
  public static final Key<String> TLS_KEY_PASSWORD =
      secret("tls.keyPassword", "The private key's password.");
  public static final Key<String> TLS_KEY_PASSWORD_FILE =
      file("tls.keyPasswordFile", "The file that holds the private key's password.");
  public static final Key<String> TLS_BUNDLE =
      key("tls.bundle", TEXT)
          .says("The SSL bundle of Spring's that has authorities, certificate and key.");
  public static final Key<Boolean> TLS_VERIFY_HOSTNAME =
      key("tls.verifyHostname", BOOLEAN)
          .defaultsTo("true")
          .says("The endpoint's certificate must name its host.");
  public static final Key<String> AUTH_SHARED_KEY =
      secret("auth.sharedKey", "The key that we share with the endpoint.");
  public static final Key<String> AUTH_SHARED_KEY_FILE =
      file("auth.sharedKeyFile", "The file that holds the shared key.");
  public static final Key<String> AUTH_SELF_HOSTNAME =
      key("auth.selfHostname", PING_FIELD)
          .says("What we call ourselves in the handshake; the host's name unless set.");
  public static final Key<String> AUTH_USERNAME =
      key("auth.username", PING_FIELD).says("The user name.");
  public static final Key<String> AUTH_PASSWORD = secret("auth.password", "The user's password.");
  public static final Key<String> AUTH_PASSWORD_FILE =
      file("auth.passwordFile", "The file that holds the user's password.");
  public static final Key<Boolean> AUTH_ALLOW_PLAINTEXT =
      key("auth.allowPlaintext", BOOLEAN)
          .defaultsTo("false")
          .says("Lets the handshake go to other hosts in the clear.");
  public static final Key<Choice.Transport> TRANSPORT =
      key("transport", choice(Choice.Transport.class))
          .defaultsTo("builtin")
          .says("Who speaks the forward protocol.");

  static final List<Key<?>> ALL =
      List.of(
          ENDPOINT,
          BALANCE,
          TAG,
          TAG_RULE,
          MAX_TAGS,
          ACK,
          CHUNK_MAX_BYTES,
          CHUNK_MAX_AGE,
          CHUNK_IN_FLIGHT,
          COMPRESSION,
          CONNECT_TIMEOUT,
          WRITE_TIMEOUT,
          ACK_TIMEOUT,
          CONNECTION_MAX_AGE,
          CONNECTION_MAX_IDLE,
          RETRY_INITIAL,
          RETRY_MAX,
          BUFFER_MAX_BYTES,
          OVERFLOW,
          SPOOL_DIR,
          SPOOL_MAX_BYTES,
          SPOOL_MAX_AGE,
          SPOOL_SYNC,
          DEAD_LETTER_DIR,
          DEAD_LETTER_MAX_BYTES,
          DRAIN_TIMEOUT,
          DRAIN_REMAINDER,
          TLS_ENABLED,
          TLS_CA,
          TLS_CERT,
          TLS_KEY,
          TLS_KEY_PASSWORD,
          TLS_KEY_PASSWORD_FILE,
          TLS_BUNDLE,
          TLS_VERIFY_HOSTNAME,
          AUTH_SHARED_KEY,
          AUTH_SHARED_KEY_FILE,
          AUTH_SELF_HOSTNAME,
          AUTH_USERNAME,
          AUTH_PASSWORD,
          AUTH_PASSWORD_FILE,
          AUTH_ALLOW_PLAINTEXT,
          TRANSPORT);

  private FluentdKeys() {}

  private static Key<Duration> deadline(String name, String fallback, String sentence) {
    return key(name, duration("1ms", "1h")).defaultsTo(fallback).says(sentence);
  }

  private static Key<String> file(String name, String sentence) {
    return key(name, FILE).says(sentence);
  }

  private static Key<String> secret(String name, String sentence) {
    return key(name, TEXT).secret().says(sentence);
  }

  private static <T> KeyBuilder<T> key(String name, Type<T> type) {
    return new KeyBuilder<>(Section.FLUENTD, name, type);
  }
}

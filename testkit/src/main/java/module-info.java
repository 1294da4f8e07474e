/** A forward endpoint for tests, and a JUnit extension that starts one. */
module dev.shiplog.testkit {
  requires static org.jspecify;
  requires static transitive org.junit.jupiter.api;
  requires static com.github.luben.zstd_jni;
  requires msgpack.core;

  exports dev.shiplog.testkit;
  exports dev.shiplog.testkit.faults to
      dev.shiplog.core,
      dev.shiplog.logback;
  exports dev.shiplog.testkit.foreign to
      dev.shiplog.core,
      dev.shiplog.logback;
}

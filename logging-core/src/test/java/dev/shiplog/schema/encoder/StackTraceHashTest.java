package dev.shiplog.schema.encoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.event.TestEvent;
import dev.shiplog.event.Thrown;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackTraceHashTest {
  private static final StackTraceElement OPEN = frame("gallery.Paint", "open", 12);
  private static final StackTraceElement PAINT = frame("gallery.Easel", "paint", 42);
  private static final StackTraceElement MAIN = frame("gallery.Main", "main", 7);

  private static StackTraceElement frame(String type, String method, int line) {
    return new StackTraceElement(type, method, type + ".java", line);
  }

  private static <T extends Throwable> T thrown(T throwable, StackTraceElement... frames) {
    throwable.setStackTrace(frames);
    return throwable;
  }

  private static long hash(Throwable throwable, String... excluded) {
    Thrown view = new TestEvent().thrown(throwable).thrown();
    StackTraceOptions options =
        new StackTraceOptions(
            StackTraceOptions.Format.STRING,
            false,
            10,
            1_000,
            List.of(excluded).stream().map(Pattern::compile).toList(),
            false,
            true);
    return new StackTraceHash(options).of(Objects.requireNonNull(view));
  }

  private static long hashOf(StackTraceElement... frames) {
    return hash(thrown(new IllegalStateException("x"), frames));
  }

  @Test
  void hash_isTheSameWhateverTheMessageAndTheLines() {
    Exception first = thrown(new IllegalStateException("order 1"), OPEN, PAINT, MAIN);
    Exception second =
        thrown(
            new IllegalStateException("order 2"),
            frame("gallery.Paint", "open", 13),
            frame("gallery.Easel", "paint", -2),
            new StackTraceElement("app", "art", "1.2", "gallery.Main", "main", null, 8));

    assertThat(hash(first)).isEqualTo(hash(second));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gallery.Easel$$Lambda/0x00007f1c,run",
        "gallery.Easel$$Lambda$14,run",
        "gallery.Easel$$SpringCGLIB$$0,paint",
        "gallery.Easel$$EnhancerBySpringCGLIB$$1a2b3c,paint",
        "jdk.proxy2.$Proxy17,paint",
        "com.sun.proxy.$Proxy4,paint",
        "gallery.Easel$ByteBuddy$8sK2,paint",
        "gallery.Easel$HibernateProxy$aB3,paint",
        "java.lang.invoke.LambdaForm$MH/0x00007f1d,invoke",
        "jdk.internal.reflect.GeneratedMethodAccessor12,invoke",
        "jdk.internal.reflect.DirectMethodHandleAccessor,invoke",
        "sun.reflect.NativeMethodAccessorImpl,invoke0",
        "gallery.Easel,access$000",
        "org.junit.Assert,fail"
      })
  void frameMadeAtRunTimeOrExcluded_isNoPartOfIt(String frame) {
    String[] parts = frame.split(",", -1);
    StackTraceElement extra = frame(parts[0], parts[1], 1);
    Exception without = thrown(new IllegalStateException(), OPEN, PAINT, MAIN);
    Exception with = thrown(new IllegalStateException(), extra, OPEN, extra, PAINT, MAIN, extra);

    assertThat(hash(with, "^org\\.junit\\.")).isEqualTo(hash(without));
  }

  @Test
  void numberOfALambdaAndOfAMadeClass_isNoPartOfIt() {
    assertThat(hashOf(frame("gallery.Easel", "lambda$paint$3", 1)))
        .isEqualTo(hashOf(frame("gallery.Easel", "lambda$paint$12", 1)))
        .isNotEqualTo(hashOf(frame("gallery.Easel", "lambda$open$3", 1)));
  }

  @Test
  void hash_differsByClassMethodAndOrderOfFrames() {
    assertThat(
            List.of(
                hashOf(),
                hashOf(OPEN),
                hashOf(OPEN, PAINT),
                hashOf(PAINT, OPEN),
                hashOf(OPEN, OPEN, PAINT),
                hashOf(OPEN, frame("gallery.Easel", "paint2", 42)),
                hashOf(OPEN, frame("gallery.Easel$1", "paint", 42)),
                hash(thrown(new IllegalArgumentException("x"), OPEN, PAINT))))
        .doesNotHaveDuplicates();
  }

  @Test
  void hash_differsByCausesAndTheirOrder() {
    Exception a = thrown(new IllegalStateException(thrown(new Exception(), OPEN)), PAINT);
    Exception b = thrown(new Exception(thrown(new IllegalStateException(), PAINT)), OPEN);

    assertThat(List.of(hash(a), hash(b), hash(thrown(new IllegalStateException(), PAINT))))
        .doesNotHaveDuplicates();
  }

  @Test
  void suppressedThrowable_isNoPartOfIt() {
    Exception with = thrown(new IllegalStateException(), OPEN);
    with.addSuppressed(new Exception());

    assertThat(hash(with)).isEqualTo(hash(thrown(new IllegalStateException(), OPEN)));
  }

  @Test
  @Timeout(10)
  void circularCause_ends() {
    Exception inner = thrown(new Exception(), OPEN);
    Exception outer = thrown(new Exception(inner), PAINT);
    inner.initCause(outer);

    assertThat(hash(outer))
        .isEqualTo(hash(thrown(new Exception(thrown(new Exception(), OPEN)), PAINT)));
  }
}

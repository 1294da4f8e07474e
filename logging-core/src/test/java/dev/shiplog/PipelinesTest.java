package dev.shiplog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.config.FileValues;
import dev.shiplog.config.Scope;
import dev.shiplog.config.Settings;
import dev.shiplog.event.TestEvent;
import dev.shiplog.pipeline.Pipeline;
import dev.shiplog.status.Meters;
import dev.shiplog.status.Status;
import dev.shiplog.testkit.ForwardEndpoint;
import dev.shiplog.testkit.ReceivedEvent;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who runs on whose pipeline, in the orders in which frameworks start and stop. */
@Timeout(60)
class PipelinesTest {
  private static final String NAME = "PIPELINES-TEST";

  private final List<Running> started = new ArrayList<>();
  private ForwardEndpoint endpoint;

  @BeforeEach
  void open() {
    endpoint = ForwardEndpoint.start();
  }

  @AfterEach
  void close() {
    endpoint.close();
  }

  @Test
  void equalAppender_runsOnThePipelineThatRunsUntilBothAreStopped() {
    Running first = start("1m", new Told());
    first.log(new TestEvent().message("first"));
    Running second = start("1m", new Told());
    second.log(new TestEvent().message("second"));
    first.stop();
    first.log(new TestEvent().message("late"));
    second.log(new TestEvent().message("third"));

    assertThat(running()).isEqualTo(1);
    assertThat(endpoint.events()).as("nothing drains while one of them runs").isEmpty();
    second.stop();

    assertThat(messages(4)).containsExactly("first", "second", "late", "third");
    assertThat(endpoint.connections()).isEqualTo(1);
    awaitNone();
  }

  @Test
  void equalAppender_takesThePipelineThatDrains() {
    Running first = start("1m", new Told());
    first.log(new TestEvent().message("first"));
    first.stop();
    Running second = start("1m", new Told());
    second.log(new TestEvent().message("second"));
    second.stop();

    assertThat(messages(2)).containsExactly("first", "second");
    assertThat(endpoint.connections()).isEqualTo(1);
    awaitNone();
  }

  @Test
  void otherAppender_hasAPipelineOfItsOwn() {
    Running first = start("1m", new Told());
    Running second = start("2m", new Told());
    assertThat(running()).isEqualTo(2);
    first.log(new TestEvent().message("first"));
    second.log(new TestEvent().message("second"));
    first.stop();
    second.stop();

    assertThat(messages(2)).containsExactlyInAnyOrder("first", "second");
    awaitNone();
  }

  @Test
  void appenderOfAnotherApplication_hasAPipelineOfItsOwn() throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader one = new URLClassLoader(new URL[0], before);
        URLClassLoader two = new URLClassLoader(new URL[0], before)) {
      Running first = startIn(one);
      Running second = startIn(two);
      assertThat(first.shares(second)).isFalse();
      assertThat(startIn(null).shares(first)).isFalse();
      assertThat(startIn(one).shares(first)).isTrue();
      assertThat(startIn(two).shares(second)).isTrue();
      assertThat(running()).isEqualTo(3);
    } finally {
      started.forEach(Running::stop);
    }
    awaitNone();
  }

  /** An appender of the application whose classes {@code context} has. */
  private Running startIn(@Nullable ClassLoader context) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(context);
    try {
      Running running = start("1m", new Told());
      started.add(running);
      return running;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void stop_countsOnceHoweverOftenItIsCalled() {
    Running first = start("1m", new Told());
    Running second = start("1m", new Told());
    first.stop();
    first.stop();

    assertThat(running()).isEqualTo(1);
    second.log(new TestEvent().message("still here"));
    second.stop();
    assertThat(messages(1)).containsExactly("still here");
    awaitNone();
  }

  @Test
  void owner_isTheLatestOfThoseThatAreLeft() {
    Told first = new Told();
    Told second = new Told();
    RelayStatus status = new RelayStatus(first);
    Settings settings = Settings.reader(Scope.STDOUT).name(NAME).read();
    Pipeline pipeline =
        new Pipeline(
            () -> {
              throw new IllegalStateException("nothing is logged here");
            },
            event -> "",
            new ClosedSink(new Meters()),
            new Meters());
    Supplier<Running> factory =
        () -> new Running(settings, pipeline, status, Duration.ZERO, null, () -> {});
    Running one = Pipelines.INSTANCE.start(settings, first, null, "test", factory);
    Running two = Pipelines.INSTANCE.start(settings, second, null, "test", factory);
    status.warn("to the second", null);
    two.stop();
    status.warn("to the first", null);
    one.stop();
    Running three = Pipelines.INSTANCE.start(settings, second, null, "test", factory);
    status.warn("to the second again", null);
    three.stop();

    assertThat(first.warnings).containsExactly("to the first");
    assertThat(second.warnings).containsExactly("to the second", "to the second again");
    awaitNone();
  }

  @Test
  void endOfTheProcess_doesNotWaitForAPipelineThatIsBeingMade() throws Exception {
    CountDownLatch making = new CountDownLatch(1);
    CountDownLatch made = new CountDownLatch(1);
    Settings settings = Settings.reader(Scope.STDOUT).name(NAME + "-HANGS").read();
    Executor threads = task -> new Thread(task).start();
    CompletableFuture<Void> start =
        CompletableFuture.runAsync(
            () -> {
              Supplier<Running> hangs =
                  () -> {
                    making.countDown();
                    await(made);
                    throw new IllegalStateException("not made");
                  };
              Pipelines.INSTANCE.start(settings, new Told(), null, "test", hangs);
            },
            threads);
    await(making);
    assertThat(
            CompletableFuture.runAsync(
                () -> Pipelines.INSTANCE.drain(Duration.ofSeconds(1)), threads))
        .succeedsWithin(Duration.ofSeconds(10));
    made.countDown();
    assertThat(start).failsWithin(Duration.ofSeconds(20));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Running start(String maxAge, Status owner) {
    FileValues file =
        new FileValues("test")
            .set("endpoint", endpoint.address())
            .set("chunk.maxAge", maxAge)
            .set("drainRemainder", "drop");
    Settings settings = Settings.reader(Scope.FLUENTD).name(NAME).file(file).read();
    return Shiplog.start(settings, owner, PipelinesTest.class.getClassLoader());
  }

  private List<String> messages(int count) {
    return endpoint.await(count).stream()
        .map(ReceivedEvent::fields)
        .map(fields -> String.valueOf(fields.get("message")))
        .toList();
  }

  private static long running() {
    return Shiplog.meters().keySet().stream().filter(name -> name.startsWith(NAME)).count();
  }

  private static void awaitNone() {
    BooleanSupplier none = () -> running() == 0;
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!none.getAsBoolean()) {
      assertThat(System.nanoTime() - deadline).as("waited in vain").isNegative();
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** What an owner was told. */
  private static final class Told implements Status {
    final List<String> warnings = new ArrayList<>();

    @Override
    public void info(String message) {}

    @Override
    public void warn(String message, @Nullable Throwable cause) {
      warnings.add(message);
    }

    @Override
    public void error(String message, @Nullable Throwable cause) {}
  }
}

package dev.shiplog.testkit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Starts a {@link ForwardEndpoint}, hands it to whoever has a parameter of that type, and closes
 * it. Runs on JUnit 5 and 6.
 *
 * <p>Registered by {@link ForwardEndpointTest}, by {@code @ExtendWith} or as a static field with
 * {@code @RegisterExtension}, one endpoint serves the class and is emptied before each test. As an
 * instance field, each test has one of its own:
 *
 * <pre>{@code
 * @RegisterExtension
 * final ForwardEndpointExtension fluentd =
 *     new ForwardEndpointExtension(ForwardEndpoint.builder().requireChunk());
 * }</pre>
 */
public final class ForwardEndpointExtension
    implements BeforeAllCallback,
        AfterAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        ParameterResolver {

  private final ForwardEndpoint.@Nullable Builder builder;
  private @Nullable Running running;

  /** With an endpoint as {@link ForwardEndpointTest} says, or one that acknowledges. */
  public ForwardEndpointExtension() {
    this.builder = null;
  }

  /** With an endpoint that this builder starts, once for each class or test. */
  public ForwardEndpointExtension(ForwardEndpoint.Builder builder) {
    this.builder = builder;
  }

  /** The endpoint of the class or test that runs. */
  public ForwardEndpoint endpoint() {
    if (running == null) {
      throw new IllegalStateException("no test is running");
    }
    return running.endpoint;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (running == null) {
      running = start(context);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (running == null) {
      running = start(context);
    } else {
      running.endpoint.clear();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    stopIfStartedFor(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    stopIfStartedFor(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ForwardEndpoint.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return endpoint();
  }

  private Running start(ExtensionContext context) {
    Optional<ForwardEndpointTest> wanted =
        AnnotationSupport.findAnnotation(context.getRequiredTestClass(), ForwardEndpointTest.class);
    ForwardEndpoint.Builder how =
        builder != null
            ? builder
            : ForwardEndpoint.builder()
                .acknowledge(wanted.map(ForwardEndpointTest::acknowledge).orElse(true));
    String property = wanted.map(ForwardEndpointTest::property).orElse("");
    return new Running(how.start(), context.getUniqueId(), property);
  }

  /** A nested class finds the endpoint of the class around it running, and leaves it so. */
  private void stopIfStartedFor(ExtensionContext context) {
    if (running != null && running.owner.equals(context.getUniqueId())) {
      running.stop();
      running = null;
    }
  }

  /** An endpoint, the class or test that it was started for, and the property that names it. */
  private static final class Running {
    final ForwardEndpoint endpoint;
    final String owner;
    private final String property;
    private final @Nullable String before;

    Running(ForwardEndpoint endpoint, String owner, String property) {
      this.endpoint = endpoint;
      this.owner = owner;
      this.property = property;
      this.before = property.isEmpty() ? null : System.setProperty(property, endpoint.address());
    }

    void stop() {
      endpoint.close();
      if (before != null) {
        System.setProperty(property, before);
      } else if (!property.isEmpty()) {
        System.clearProperty(property);
      }
    }
  }
}

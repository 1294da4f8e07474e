package dev.shiplog.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a {@link ForwardEndpoint}: as a parameter of its constructor, its tests and
 * its life-cycle methods.
 *
 * <pre>{@code
 * @ForwardEndpointTest(property = "shiplog.fluentd.endpoint")
 * class CheckoutTest {
 *   @Test
 *   void order_isLoggedWithItsNumber(ForwardEndpoint endpoint) {
 *     new Checkout().order(4711);
 *     assertThat(endpoint.await(1).get(0).field("order.id")).isEqualTo(4711L);
 *   }
 * }
 * }</pre>
 *
 * <p>One endpoint serves the whole class, nested classes included, because a logging framework is
 * configured once: its port stays the same, and it is emptied before each test. For one of its own
 * for each test, or another kind of endpoint, see {@link ForwardEndpointExtension}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(ForwardEndpointExtension.class)
public @interface ForwardEndpointTest {
  /**
   * A system property that holds the endpoint's {@code host:port} while the class runs; none by
   * default. Such properties belong to the whole JVM: not for classes that run side by side.
   */
  String property() default "";

  /** Whether the endpoint acknowledges what asks for it. */
  boolean acknowledge() default true;
}

package dev.shiplog.logback.differential;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shiplog.logback.ShiplogEncoder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The judge is judged: what is not listed, and what is listed for nothing, must not pass. */
class ComparisonTest {
  private static final long SEED = 20_260_318;

  private final EventGenerator generator = new EventGenerator(SEED);

  @Test
  void comparison_passesWhenNothingDiffers() {
    assertThatCode(() -> compare("gallery", List.of())).doesNotThrowAnyException();
  }

  @Test
  void comparison_failsWhenAFieldDiffersThatIsNotListed() {
    assertThatThrownBy(() -> compare("another", List.of()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("event.dataset")
        .hasMessageContaining("service.name")
        .hasMessageContaining("seed " + SEED + ", event 0");
  }

  @Test
  void comparison_failsWhenAListedDifferenceIsNeverMet() {
    Difference nothing = new Difference("message", "for nothing", (sample, expected) -> {});
    assertThatThrownBy(() -> compare("gallery", List.of(nothing)))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("for nothing");
  }

  private void compare(String service, List<Difference> differences) {
    new Comparison(encoder("gallery"), encoder(service), differences, (sample, expected) -> {})
        .run(SEED, generator);
  }

  private ShiplogEncoder encoder(String service) {
    ShiplogEncoder encoder = new ShiplogEncoder();
    encoder.setContext(generator.context());
    encoder.put("service.name", service);
    encoder.put("maxEventBytes", "256KB");
    encoder.start();
    return encoder;
  }
}

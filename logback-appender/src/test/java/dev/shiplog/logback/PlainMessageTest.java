package dev.shiplog.logback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.event.TextPieces;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.MessageFormatter;

/** Judged by SLF4J's own formatter. */
class PlainMessageTest {
  private static final List<String> PIECES =
      List.of("{}", "{}", "{", "}", "\\", "\\\\", " ", "room", "é", "😀", "{{}}", "{ }");

  @Test
  void message_isWhatSlf4jMakesOfIt() {
    long seed = System.nanoTime();
    System.out.println("plain messages: seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 50_000; i++) {
      String pattern = pattern(random);
      Object[] arguments = arguments(random);
      assertThat(PlainMessage.isPlain(arguments)).isTrue();
      assertThat(message(pattern, arguments))
          .as("%s with %s", pattern, Arrays.toString(arguments))
          .isEqualTo(MessageFormatter.arrayFormat(pattern, arguments).getMessage());
    }
  }

  @Test
  void message_isLeftToSlf4jWhenAnArgumentHasCodeOfItsOwn() {
    assertThat(PlainMessage.isPlain(new Object[] {1, new AtomicInteger()})).isFalse();
    assertThat(PlainMessage.isPlain(new Object[] {new int[] {1}})).isFalse();
    assertThat(PlainMessage.isPlain(new Object[] {new IllegalStateException()})).isFalse();
  }

  private static String message(String pattern, Object[] arguments) {
    StringBuilder message = new StringBuilder();
    PlainMessage.write(
        pattern,
        arguments,
        new TextPieces() {
          @Override
          public void begin() {
            assertThat(message).isEmpty();
          }

          @Override
          public void append(String text, int from, int end) {
            message.append(text, from, end);
          }

          @Override
          public void append(long number) {
            message.append(number);
          }
        });
    return message.toString();
  }

  private static String pattern(Random random) {
    StringBuilder pattern = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      pattern.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return pattern.toString();
  }

  private static @Nullable Object[] arguments(Random random) {
    @Nullable Object[] arguments = new @Nullable Object[random.nextInt(5)];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] =
          switch (random.nextInt(10)) {
            case 0 -> null;
            case 1 -> random.nextInt();
            case 2 -> random.nextLong();
            case 3 -> random.nextDouble();
            case 4 -> Double.NaN;
            case 5 -> random.nextFloat();
            case 6 -> random.nextBoolean();
            case 7 -> (byte) random.nextInt();
            case 8 -> (char) random.nextInt(0xD800);
            default -> PIECES.get(random.nextInt(PIECES.size()));
          };
    }
    return arguments;
  }
}

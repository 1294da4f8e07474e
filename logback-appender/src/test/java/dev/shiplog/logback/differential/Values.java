package dev.shiplog.logback.differential;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Values of key-values, of the types that the reference encoders and ours have a home for. */
final class Values {
  private final Random random;
  private final Texts texts;

  Values(Random random, Texts texts) {
    this.random = random;
    this.texts = texts;
  }

  Object next() {
    return switch (random.nextInt(20)) {
      case 0 -> null;
      case 1 -> Double.NaN;
      case 2 -> Float.NEGATIVE_INFINITY;
      case 3 -> texts.next();
      default -> finite(2);
    };
  }

  private Object finite(int depth) {
    return switch (random.nextInt(depth == 0 ? 10 : 13)) {
      case 0 -> random.nextInt();
      case 1 -> random.nextLong();
      case 2 -> random.nextDouble() * 1e6;
      case 3 -> random.nextFloat();
      case 4 -> random.nextBoolean();
      case 5 -> BigDecimal.valueOf(random.nextLong(), 5);
      case 6 -> new BigInteger(100, random);
      case 7 -> TimeUnit.values()[random.nextInt(7)];
      case 8 -> (short) random.nextInt();
      case 9 -> texts.wellFormed();
      case 10 -> Arrays.asList(finite(depth - 1), null, finite(depth - 1));
      case 11 -> new int[] {random.nextInt(), random.nextInt()};
      default -> map(depth - 1);
    };
  }

  private Map<String, Object> map(int depth) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      map.put("k" + i, finite(depth));
    }
    return map;
  }
}

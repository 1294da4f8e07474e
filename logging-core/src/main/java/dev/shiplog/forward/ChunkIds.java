package dev.shiplog.forward;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes chunk ids: 128 random bits in base64, as the protocol suggests. For the shipper's thread,
 * since the generator takes milliseconds to come up.
 */
final class ChunkIds implements Supplier<byte[]> {
  private final byte[] bits = new byte[16];
  private @Nullable SecureRandom random;

  @Override
  public byte[] get() {
    if (random == null) {
      random = new SecureRandom();
    }
    random.nextBytes(bits);
    return Base64.getEncoder().encodeToString(bits).getBytes(StandardCharsets.US_ASCII);
  }
}

package dev.shiplog.transport;

import dev.shiplog.transport.pem.Pem;
import dev.shiplog.transport.pem.PemException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Something that is never shown: given as such, or by the file that holds it. Immutable. */
public final class Secret {
  private final @Nullable String text;
  private final @Nullable Path file;

  private Secret(@Nullable String text, @Nullable Path file) {
    this.text = text;
    this.file = file;
  }

  /** A secret that was given as text. */
  public static Secret of(String text) {
    return new Secret(text, null);
  }

  /** A secret that stands in a file, without the line break at its end; read whenever needed. */
  public static Secret in(Path file) {
    return new Secret(null, file);
  }

  /** The file; null if it stands in none. */
  @Nullable Path file() {
    return file;
  }

  /** The secret's bytes, UTF-8 if it was given as text. */
  byte[] bytes() throws PemException {
    if (file == null) {
      return String.valueOf(text).getBytes(StandardCharsets.UTF_8);
    }
    byte[] bytes = Pem.bytes(file);
    int end = bytes.length;
    if (end > 0 && bytes[end - 1] == '\n') {
      end -= end > 1 && bytes[end - 2] == '\r' ? 2 : 1;
    }
    if (end == 0) {
      throw new PemException("is empty");
    }
    return Arrays.copyOf(bytes, end);
  }

  @Override
  public String toString() {
    return "****";
  }
}

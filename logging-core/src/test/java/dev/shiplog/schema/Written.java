package dev.shiplog.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that the code determines: compared, or written anew with {@code -Dshiplog.write=true}. */
public final class Written {
  private static final boolean WRITE = Boolean.getBoolean("shiplog.write");

  private Written() {}

  /** Compares {@code file} with what it should be. */
  public static void is(Path file, String content) {
    try {
      if (WRITE) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, content);
      }
      assertThat(Files.readString(file))
          .as(
              "%s is not what the code says; to write it anew, run mvn test -pl logging-core -am"
                  + " -Dtest='FieldsReferenceTest,GoldenRecordsTest,KeysReferenceTest,RecordsTest'"
                  + " -Dsurefire.failIfNoSpecifiedTests=false -Dshiplog.write=true",
              file)
          .isEqualTo(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

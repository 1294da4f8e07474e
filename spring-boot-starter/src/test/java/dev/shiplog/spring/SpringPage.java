package dev.shiplog.spring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The page of the docs that is about the starter. */
final class SpringPage {
  private static final String PAGE = "docs/guide/spring-boot.md";

  private SpringPage() {}

  static List<String> lines() throws IOException {
    Path page =
        Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
            .map(folder -> folder.resolve(PAGE))
            .filter(Files::exists)
            .findFirst()
            .orElseThrow();
    return Files.readAllLines(page);
  }
}

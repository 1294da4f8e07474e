package dev.shiplog.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The fenced blocks of a page of the documentation. */
public final class Snippets {
  private static final Path ROOT = Path.of("..");

  private Snippets() {}

  /** A page by its path from the root of the project. */
  public static String page(String path) {
    try {
      return Files.readString(ROOT.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The blocks of {@code language} on a page that begin with {@code start}, in their order. */
  public static List<String> of(String path, String language, String start) {
    return Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
        .matcher(page(path))
        .results()
        .map((MatchResult block) -> block.group(1))
        .filter(block -> block.startsWith(start))
        .toList();
  }
}

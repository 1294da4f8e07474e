package dev.shiplog.samples.gallery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What hangs in the gallery. */
@Component
final class Catalogue {
  private static final Logger log = LoggerFactory.getLogger(Catalogue.class);

  private static final List<Artwork> WORKS =
      List.of(
          new Artwork(1, "Girl with a Pearl Earring", "Johannes Vermeer", 1665),
          new Artwork(2, "The Night Watch", "Rembrandt van Rijn", 1642),
          new Artwork(3, "The Great Wave off Kanagawa", "\u845b\u98fe\u5317\u658e (Hokusai)", 1831),
          new Artwork(4, "Der Wanderer \u00fcber dem Nebelmeer", "Caspar David Friedrich", 1818),
          new Artwork(5, "Judith Slaying Holofernes", "Artemisia Gentileschi", 1613),
          new Artwork(
              6, "Un dimanche apr\u00e8s-midi \u00e0 la Grande Jatte", "Georges Seurat", 1886),
          new Artwork(7, "Self-Portrait with Straw Hat", "\u00c9lisabeth Vig\u00e9e Le Brun", 1782),
          new Artwork(8, "The Starry Night", "Vincent van Gogh", 1889));

  List<Artwork> all() {
    return WORKS;
  }

  Optional<Artwork> find(int id) {
    Optional<Artwork> work = WORKS.stream().filter(each -> each.id() == id).findFirst();
    if (work.isEmpty()) {
      log.atWarn().addKeyValue("artwork.id", id).log("No such artwork");
    }
    return work;
  }

  List<Artwork> search(String query) {
    String wanted = query.toLowerCase(Locale.ROOT);
    List<Artwork> found =
        WORKS.stream()
            .filter(
                work ->
                    (work.title() + " " + work.artist()).toLowerCase(Locale.ROOT).contains(wanted))
            .toList();
    log.atInfo()
        .addKeyValue("search.query", query)
        .addKeyValue("search.hits", found.size())
        .log("Searched the catalogue");
    return found;
  }

  /** Who owned a work; the archive is not there, so that something can go wrong. */
  String provenance(Artwork work) {
    Path file = Path.of("archive", work.id() + ".txt");
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException("No provenance of " + work.title(), e);
    }
  }
}

package dev.shiplog.samples.gallery;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** The pages. What one of them throws is logged here, once, with its trace. */
@RestController
final class Rooms {
  private static final Logger log = LoggerFactory.getLogger(Rooms.class);

  private final Catalogue catalogue;

  Rooms(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @GetMapping("/")
  ResponseEntity<String> collection() {
    return answer(Page.list("The collection", catalogue.all()));
  }

  @GetMapping("/search")
  ResponseEntity<String> search(@RequestParam(name = "q", defaultValue = "") String query) {
    return answer(Page.list("Found for " + query, catalogue.search(query)));
  }

  @GetMapping("/artwork/{id:\\d{1,9}}")
  ResponseEntity<String> artwork(@PathVariable("id") int id) {
    return answer(catalogue.find(id).map(Page::of).orElseGet(Page::notFound));
  }

  @GetMapping("/artwork/{id:\\d{1,9}}/provenance")
  ResponseEntity<String> provenance(@PathVariable("id") int id) {
    return answer(
        catalogue
            .find(id)
            .map(work -> Page.of("Provenance", Page.escape(catalogue.provenance(work))))
            .orElseGet(Page::notFound));
  }

  @ExceptionHandler(NoResourceFoundException.class)
  ResponseEntity<String> nowhere() {
    return answer(Page.notFound());
  }

  @ExceptionHandler(RuntimeException.class)
  ResponseEntity<String> broken(HttpServletRequest request, RuntimeException e) {
    log.error("Cannot show {}", request.getRequestURI(), e);
    return answer(Page.broken());
  }

  private static ResponseEntity<String> answer(Page page) {
    return ResponseEntity.status(page.status())
        .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
        .body(page.html());
  }
}

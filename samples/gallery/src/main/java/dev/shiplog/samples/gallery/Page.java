package dev.shiplog.samples.gallery;

import java.util.List;

/**
 * An answer to a visitor.
 *
 * @param status the HTTP status
 * @param html the document
 */
record Page(int status, String html) {

  static Page of(String title, String body) {
    return document(200, title, body);
  }

  static Page list(String title, List<Artwork> works) {
    StringBuilder items = new StringBuilder("<ul>");
    for (Artwork work : works) {
      items.append("<li><a href=\"/artwork/").append(work.id()).append("\">");
      items.append(escape(work.title())).append("</a>, ").append(escape(work.artist()));
    }
    return of(title, items.append("</ul>").toString());
  }

  static Page of(Artwork work) {
    String caption = work.artist() + ", " + work.year();
    String provenance = "<a href=\"/artwork/" + work.id() + "/provenance\">Provenance</a>";
    return of(work.title(), "<p>" + escape(caption) + "<p>" + provenance);
  }

  static Page notFound() {
    return document(404, "Not here", "<p>Nothing hangs at this place.");
  }

  static Page broken() {
    return document(500, "Closed", "<p>Something went wrong. We have been told.");
  }

  private static Page document(int status, String title, String body) {
    String name = escape(title);
    return new Page(
        status,
        "<!doctype html><meta charset=utf-8><title>"
            + name
            + "</title><h1>"
            + name
            + "</h1>"
            + body);
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}

package dev.shiplog.metadata;

import org.jspecify.annotations.Nullable;

/**
 * An image reference such as {@code registry:5000/team/shop:2.7.1@sha256:…}, taken apart.
 *
 * @param name all before tag and digest
 * @param tag null if there is none
 */
record Image(String name, @Nullable String tag) {

  static Image parse(String reference) {
    int digest = reference.indexOf('@');
    String tagged = digest < 0 ? reference : reference.substring(0, digest);
    int colon = tagged.lastIndexOf(':');
    return colon <= tagged.lastIndexOf('/') // then the colon is a port's, or there is none
        ? new Image(tagged, null)
        : new Image(tagged.substring(0, colon), tagged.substring(colon + 1));
  }

  static void find(@Nullable String reference, String source, Findings findings) {
    if (reference != null) {
      Image image = parse(reference);
      findings.add("container.image.name", image.name(), source);
      findings.addOnly("container.image.tags", image.tag(), source);
    }
  }
}

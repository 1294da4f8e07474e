package dev.shiplog.record;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Secrets that can be told by what they look like: {@code mask.preset}. What is found is a secret
 * most of the time, not always. The time that the search takes grows with the length of the text,
 * whatever is in it.
 */
public enum SecretKind {
  /** What follows the word Bearer, and JSON web tokens wherever they are. */
  BEARER(
      new PatternFinder(
          Pattern.compile("(?i)bearer(?:[ \\t:=+]++|%20)([^\\s\"'<>,;&(){}\\[\\]\\\\]++)"), 1),
      // only the first eyJ of a word is tried: from it, all of the word belongs to the token
      new PatternFinder(
          Pattern.compile(
              "(?<![\\w-])(?>[\\w-]*?(?=eyJ))(eyJ[\\w-]++\\.[\\w-]++\\.[\\w-]*+(?:\\.[\\w-]*+){0,2}+)"),
          1)),
  /** Ids of access keys, and what stands behind the name of a secret key or session token. */
  AWS(
      new PatternFinder(Pattern.compile("(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}")),
      new PatternFinder(
          Pattern.compile(
              "(?i)(?:secret[-_. ]?(?:access[-_. ]?)?key|(?:session|security)[-_. ]?token)"
                  + "(?:[\\s:=>,\"'\\\\]{1,16}+|%3D)([A-Za-z0-9/+=%]{16,}+)"),
          1)),
  /** Numbers of payment cards. */
  CARD(new CardFinder()),
  /** Addresses of mail, also as they stand in URLs. */
  EMAIL(
      new PatternFinder(
          Pattern.compile(
              "(?<![\\p{L}\\p{M}\\p{N}._+'-])[\\p{L}\\p{M}\\p{N}._+'-]++"
                  + "(?:%(?!40)[\\p{L}\\p{M}\\p{N}._+'-]*+){0,8}+(?:@|%40)"
                  + "[\\p{L}\\p{M}\\p{N}-]++(?:\\.[\\p{L}\\p{M}\\p{N}-]++){0,30}"
                  + "\\.\\p{L}[\\p{L}\\p{M}\\p{N}-]++")));

  @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable list of finders without state
  private final List<SecretFinder> finders;

  SecretKind(SecretFinder... finders) {
    this.finders = List.of(finders);
  }

  List<SecretFinder> finders() {
    return finders;
  }
}

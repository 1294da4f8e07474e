package dev.shiplog.transport.pem;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One block of a PEM file.
 *
 * <pre>
 *   text that nobody reads
 *   -----BEGIN CERTIFICATE-----
 *   Proc-Type: 4,ENCRYPTED            headers, in old key files alone
 *   (empty line)
 *   MIIB…                             base64
 *   -----END CERTIFICATE-----
 * </pre>
 */
final class PemBlock {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String RULE = "-----";

  private final String type;
  private final Map<String, String> headers;
  private final byte[] der;

  private PemBlock(String type, Map<String, String> headers, byte[] der) {
    this.type = type;
    this.headers = headers;
    this.der = der;
  }

  /** What stands behind BEGIN. */
  String type() {
    return type;
  }

  /** A header's value, empty if there is none. */
  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** What the base64 means. */
  byte[] der() {
    return der;
  }

  /** All blocks of a file, in order; whatever stands between them is passed over. */
  static List<PemBlock> in(String text) throws PemException {
    List<PemBlock> blocks = new ArrayList<>();
    String type = "";
    Map<String, String> headers = new HashMap<>();
    StringBuilder base64 = new StringBuilder();
    for (String written : text.split("\\R", -1)) {
      String line = written.strip();
      if (type.isEmpty()) {
        if (line.startsWith(BEGIN) && line.endsWith(RULE)) {
          type = line.substring(BEGIN.length(), line.length() - RULE.length());
          headers = new HashMap<>();
          base64.setLength(0);
        }
      } else if (line.equals(END + type + RULE)) {
        blocks.add(new PemBlock(type, headers, decoded(base64.toString(), type)));
        type = "";
      } else if (line.indexOf(':') > 0) {
        int colon = line.indexOf(':');
        headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
      } else {
        base64.append(line);
      }
    }
    if (!type.isEmpty()) {
      throw new PemException("ends within a block of type " + shown(type));
    }
    return blocks;
  }

  private static byte[] decoded(String base64, String type) throws PemException {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new PemException("holds a block of type " + shown(type) + " that is no base64");
    }
  }

  /** The type is shown only if it looks like one: a damaged file may have anything there. */
  private static String shown(String type) {
    return type.matches("[A-Z0-9 ]{1,40}") ? type : "unknown";
  }

  /** Says what it is, never what is in it: that may be a key. */
  @Override
  public String toString() {
    return "PEM " + shown(type);
  }
}

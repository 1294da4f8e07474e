package dev.shiplog.transport;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes apart what an endpoint says in the handshake. A stranger may say it: nothing is believed,
 * and each word must be all that there is, since an endpoint has no reason yet to go on.
 */
final class ServerWords {
  private static final int TRUE = 0xc3;
  private static final int FALSE = 0xc2;

  private final byte[] bytes;
  private final MsgpackScan scan;

  ServerWords(byte[] bytes) {
    this.bytes = bytes;
    this.scan = new MsgpackScan(bytes);
  }

  /** The greeting: bytes that may be anything, {@code auth} empty where no user is asked for. */
  static final class Helo {
    final byte[] nonce;
    final byte[] auth;
    final boolean keepsAlive;

    Helo(byte[] nonce, byte[] auth, boolean keepsAlive) {
      this.nonce = nonce;
      this.auth = auth;
      this.keepsAlive = keepsAlive;
    }
  }

  /** The verdict; the reason is made fit to be shown. */
  static final class Pong {
    final boolean ok;
    final String reason;
    final byte[] hostname;
    final byte[] digest;

    Pong(boolean ok, String reason, byte[] hostname, byte[] digest) {
      this.ok = ok;
      this.reason = reason;
      this.hostname = hostname;
      this.digest = digest;
    }
  }

  /** Whether the bytes before {@code end} are one whole value. */
  boolean isWhole(int end) throws SecurityFailure {
    if (end == 0) {
      return false;
    }
    if (!scan.isArray(0)) {
      throw Handshake.garbage();
    }
    int after = scan.skip(0, end);
    if (after == MsgpackScan.INVALID || (after >= 0 && after < end)) {
      throw Handshake.garbage();
    }
    return after >= 0;
  }

  Helo helo(int end) throws SecurityFailure {
    int options = element("HELO", 2, end);
    if (!scan.isMap(options)) {
      throw Handshake.garbage();
    }
    byte[] nonce = null;
    byte[] auth = new byte[0];
    boolean keepsAlive = true;
    int at = scan.firstElement(options);
    for (long pairs = scan.elements(options) / 2; pairs > 0; pairs--) {
      int value = scan.skip(at, end);
      switch (scan.isString(at) ? text(at, end) : "") {
        case "nonce" -> nonce = raw(value, end);
        case "auth" -> auth = scan.isString(value) ? raw(value, end) : auth;
        case "keepalive" -> keepsAlive = (bytes[value] & 0xff) != FALSE;
        default -> {
          // what later versions may add
        }
      }
      at = scan.skip(value, end);
    }
    if (nonce == null) {
      throw Handshake.garbage();
    }
    return new Helo(nonce, auth, keepsAlive);
  }

  Pong pong(int end) throws SecurityFailure {
    int ok = element("PONG", 5, end);
    int verdict = bytes[ok] & 0xff;
    if (verdict != TRUE && verdict != FALSE) {
      throw Handshake.garbage();
    }
    int reason = scan.skip(ok, end);
    int hostname = scan.skip(reason, end);
    int digest = scan.skip(hostname, end);
    return new Pong(
        verdict == TRUE,
        scan.isString(reason) ? PeerCheck.cleaned(text(reason, end)) : "",
        scan.isString(hostname) ? raw(hostname, end) : new byte[0],
        scan.isString(digest) ? raw(digest, end) : new byte[0]);
  }

  /** Where the second element begins, if the first is {@code word} and there are enough. */
  private int element(String word, int elements, int end) throws SecurityFailure {
    int first = scan.firstElement(0);
    if (scan.elements(0) != elements || !scan.isString(first) || !text(first, end).equals(word)) {
      throw Handshake.garbage();
    }
    return scan.skip(first, end);
  }

  private byte[] raw(int at, int end) throws SecurityFailure {
    if (!scan.isString(at)) {
      throw Handshake.garbage();
    }
    return Arrays.copyOfRange(bytes, scan.textStart(at), scan.skip(at, end));
  }

  private String text(int at, int end) throws SecurityFailure {
    return new String(raw(at, end), StandardCharsets.UTF_8);
  }
}

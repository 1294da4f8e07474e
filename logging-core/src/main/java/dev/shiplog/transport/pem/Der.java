package dev.shiplog.transport.pem;

import java.io.ByteArrayOutputStream;

/** As much of DER as it takes to put a key into another envelope. */
final class Der {
  static final int INTEGER = 0x02;
  static final int OCTET_STRING = 0x04;
  static final int SEQUENCE = 0x30;
  private static final byte[] ZERO = {INTEGER, 1, 0};

  /** {@code SEQUENCE {OID 1.2.840.113549.1.1.1, NULL}}. */
  private static final byte[] RSA = {
    0x30, 13, 6, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
  };

  /** {@code OID 1.2.840.10045.2.1}. */
  private static final byte[] EC = {6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};

  private final byte[] bytes;
  private int at;

  private Der(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A PKCS#1 key as PKCS#8: {@code {0, {rsaEncryption, NULL}, OCTET STRING {key}}}. */
  static byte[] pkcs8FromPkcs1(byte[] key) {
    return value(SEQUENCE, ZERO, RSA, value(OCTET_STRING, key));
  }

  /**
   * A SEC 1 key as PKCS#8. The curve moves from the key to the algorithm:
   *
   * <pre>
   *   {1, OCTET STRING, [0] {curve}, [1] {public key}}   SEC 1
   *   {0, {ecPublicKey, curve}, OCTET STRING {SEC 1}}    PKCS#8
   * </pre>
   */
  static byte[] pkcs8FromSec1(byte[] key) throws PemException {
    Der der = new Der(key);
    der.enter(SEQUENCE);
    der.pass(INTEGER);
    der.pass(OCTET_STRING);
    byte[] curve = der.content(0xa0);
    return value(SEQUENCE, ZERO, value(SEQUENCE, EC, curve), value(OCTET_STRING, key));
  }

  private void enter(int tag) throws PemException {
    length(tag);
  }

  private void pass(int tag) throws PemException {
    int length = length(tag);
    at += length;
  }

  private byte[] content(int tag) throws PemException {
    int length = length(tag);
    byte[] content = new byte[length];
    System.arraycopy(bytes, at, content, 0, length);
    at += length;
    return content;
  }

  private int length(int tag) throws PemException {
    if (next() != tag) {
      throw damaged();
    }
    int length = next();
    if (length >= 0x80) {
      int count = length & 0x7f;
      length = 0;
      for (int i = 0; i < count && count <= 3; i++) {
        length = length << 8 | next();
      }
    }
    if (length > bytes.length - at) {
      throw damaged();
    }
    return length;
  }

  private int next() throws PemException {
    if (at >= bytes.length) {
      throw damaged();
    }
    return bytes[at++] & 0xff;
  }

  private static PemException damaged() {
    return new PemException("holds a private key that is damaged, or names no curve");
  }

  private static byte[] value(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 5);
    out.write(tag);
    if (length >= 0x80) {
      int count = length < 0x100 ? 1 : length < 0x10000 ? 2 : 3;
      out.write(0x80 | count);
      for (int i = count - 1; i >= 0; i--) {
        out.write(length >> 8 * i);
      }
    } else {
      out.write(length);
    }
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}

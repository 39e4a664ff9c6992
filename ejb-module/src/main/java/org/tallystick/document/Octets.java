package org.tallystick.document;

import java.nio.charset.StandardCharsets;

/** Reading and searching bytes. */
final class Octets {
  private Octets() {}

  static boolean startsWith(byte[] content, int at, byte[] expected) {
    if (at < 0 || at > content.length - expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (content[at + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }

  static boolean startsWith(byte[] content, int at, String ascii) {
    return startsWith(content, at, ascii.getBytes(StandardCharsets.US_ASCII));
  }

  /** Where a text is last before a place; -1 where it is not. */
  static int lastIndexOf(byte[] content, int before, String ascii) {
    byte[] wanted = ascii.getBytes(StandardCharsets.US_ASCII);
    for (int at = before - wanted.length; at >= 0; at--) {
      if (startsWith(content, at, wanted)) {
        return at;
      }
    }
    return -1;
  }

  static int unsigned(byte[] content, int at) {
    return content[at] & 0xff;
  }

  /** Two bytes, the high one first. */
  static int unsigned16(byte[] content, int at) {
    return unsigned(content, at) << 8 | unsigned(content, at + 1);
  }
}

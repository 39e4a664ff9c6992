package org.tallystick.screening.list;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** What the readers need of text. */
final class Texts {
  private Texts() {}

  /** Control characters and runs of white space become one space; none at the ends. */
  static String tidy(String text) {
    StringBuilder tidy = new StringBuilder(text.length());
    boolean gap = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c) || Character.isISOControl(c) || Character.isSpaceChar(c)) {
        gap = !tidy.isEmpty();
      } else {
        if (gap) {
          tidy.append(' ');
          gap = false;
        }
        tidy.append(c);
      }
    }
    return tidy.toString();
  }

  /** The first characters of a text, never half a surrogate pair. */
  static String start(String text, int length) {
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end);
  }

  /** Decodes UTF-8, of which ASCII is a part; malformed bytes are refused with their line. */
  static String utf8(String file, byte[] bytes) throws ListRefusedException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(left)
          .toString();
    } catch (CharacterCodingException e) {
      long line = 1;
      for (int i = 0; i < left.position(); i++) {
        line += bytes[i] == '\n' ? 1 : 0;
      }
      throw new ListRefusedException(file, line, "neither ASCII nor UTF-8");
    }
  }
}

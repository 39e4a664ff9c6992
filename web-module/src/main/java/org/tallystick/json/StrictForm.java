package org.tallystick.json;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a form; one that is doubled or wrongly encoded spoils them all. Unlike in JSON
 * bodies those that nobody asks for are let be, as OAuth wants it.
 *
 * <p>Source: RFC 6749, 3.2 and appendix B.
 */
public final class StrictForm {
  /** The limit, in bytes. */
  public static final int LIMIT_BYTES = 16 * 1024;

  private final Map<String, String> parameters;
  private final boolean wellFormed;

  private StrictForm(Map<String, String> parameters, boolean wellFormed) {
    this.parameters = parameters;
    this.wellFormed = wellFormed;
  }

  /**
   * Reads a form.
   *
   * @throws BodyTooLargeException if there are more than {@link #LIMIT_BYTES} bytes
   */
  public static StrictForm read(InputStream body) {
    byte[] bytes = BoundedBody.read(body, LIMIT_BYTES);
    Map<String, String> parameters = new HashMap<>();
    try {
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      for (String pair : text.split("&", -1)) {
        int sign = pair.indexOf('=');
        if (sign < 0 || parameters.put(decoded(pair, 0, sign), value(pair, sign)) != null) {
          return new StrictForm(Map.of(), false);
        }
      }
    } catch (CharacterCodingException e) {
      return new StrictForm(Map.of(), false);
    }
    return new StrictForm(parameters, true);
  }

  /** Whether it is a form at all. */
  public boolean isWellFormed() {
    return wellFormed;
  }

  /** The value of a parameter; an empty one counts as not there. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
  }

  private static String value(String pair, int sign) throws CharacterCodingException {
    return decoded(pair, sign + 1, pair.length());
  }

  private static String decoded(String text, int from, int to) throws CharacterCodingException {
    ByteBuffer bytes = ByteBuffer.allocate(to - from);
    int at = from;
    while (at < to) {
      char c = text.charAt(at);
      if (c == '%') {
        boolean whole = at + 2 < to;
        int high = whole ? Character.digit(text.charAt(at + 1), 16) : -1;
        int low = whole ? Character.digit(text.charAt(at + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw new CharacterCodingException();
        }
        bytes.put((byte) (high * 16 + low));
        at += 3;
      } else {
        bytes.put((byte) (c == '+' ? ' ' : c));
        at++;
      }
    }
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(bytes.flip())
        .toString();
  }

  @Override
  public String toString() {
    return "StrictForm";
  }
}

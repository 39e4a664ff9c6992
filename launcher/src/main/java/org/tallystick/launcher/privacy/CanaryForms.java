package org.tallystick.launcher.privacy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The byte forms under which a planted name or number could lie in a file: ASCII, both cases of
 * hex, packed BCD at both nibble offsets, base64 at its three offsets, UTF-16 in both byte orders.
 */
public final class CanaryForms {
  private CanaryForms() {}

  /** Form name to bytes. */
  public static Map<String, byte[]> of(String canary) {
    Map<String, byte[]> forms = new LinkedHashMap<>();
    byte[] ascii = canary.getBytes(StandardCharsets.UTF_8);
    forms.put("ascii", ascii);
    forms.put("ascii-upper", canary.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    forms.put("ascii-lower", canary.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    String hex = HexFormat.of().formatHex(ascii);
    forms.put("hex", hex.getBytes(StandardCharsets.US_ASCII));
    forms.put("hex-upper", hex.toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
    forms.put("utf16-be", canary.getBytes(StandardCharsets.UTF_16BE));
    forms.put("utf16-le", canary.getBytes(StandardCharsets.UTF_16LE));
    for (int offset = 0; offset < 3; offset++) {
      forms.put("base64-" + offset, base64(ascii, offset));
      forms.put("base64url-" + offset, url(base64(ascii, offset)));
    }
    if (canary.chars().allMatch(Character::isDigit)) {
      forms.put("bcd", HexFormat.of().parseHex(canary.length() % 2 == 0 ? canary : canary + "f"));
      String inner = canary.substring(1);
      forms.put(
          "bcd-shifted",
          HexFormat.of()
              .parseHex(inner.length() % 2 == 0 ? inner : inner.substring(0, inner.length() - 1)));
    }
    return forms;
  }

  /** The characters of the encoding that depend on the canary alone, whatever stands around it. */
  private static byte[] base64(byte[] ascii, int offset) {
    ByteArrayOutputStream padded = new ByteArrayOutputStream();
    padded.writeBytes(new byte[offset]);
    padded.writeBytes(ascii);
    String encoded = Base64.getEncoder().withoutPadding().encodeToString(padded.toByteArray());
    int from = offset == 0 ? 0 : offset + 1;
    int wholeBits = (offset + ascii.length) * 8;
    return encoded.substring(from, wholeBits / 6).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] url(byte[] base64) {
    return new String(base64, StandardCharsets.US_ASCII)
        .replace('+', '-')
        .replace('/', '_')
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Where a form stands in a buffer, or -1. */
  public static int indexOf(byte[] buffer, int length, byte[] form) {
    for (int i = 0; i + form.length <= length; i++) {
      if (buffer[i] == form[0] && Arrays.equals(buffer, i, i + form.length, form, 0, form.length)) {
        return i;
      }
    }
    return -1;
  }
}

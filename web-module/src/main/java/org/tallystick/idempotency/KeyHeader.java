package org.tallystick.idempotency;

import jakarta.ws.rs.BadRequestException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The Idempotency-Key header: an RFC 9651 string in quotation marks, or what most clients send, the
 * same without them. Both mean the same key.
 */
final class KeyHeader {
  static final String NAME = "Idempotency-Key";
  private static final Pattern FORM =
      Pattern.compile("(\"?)([\\x21\\x23-\\x5b\\x5d-\\x7e]{1,64})\\1");

  private KeyHeader() {}

  /**
   * The key, if the request has one.
   *
   * @throws BadRequestException if there are several, or it is not of this form
   */
  static Optional<String> of(@Nullable List<String> lines) {
    if (lines == null || lines.isEmpty()) {
      return Optional.empty();
    }
    Matcher form = FORM.matcher(lines.get(0).strip());
    if (lines.size() > 1 || !form.matches()) {
      throw new BadRequestException();
    }
    return Optional.of(form.group(2));
  }
}

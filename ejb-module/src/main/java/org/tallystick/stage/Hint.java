package org.tallystick.stage;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says that a step is due. The row that it names says what the step is; a hint that is lost comes
 * again, and one that comes twice changes nothing.
 *
 * @param kind of row
 * @param id of row
 */
public record Hint(Kind kind, long id) {
  private static final Pattern FORM = Pattern.compile("(slot|half):([1-9][0-9]{0,17})");

  /** What a hint may name. */
  public enum Kind {
    /** A slot with both halves in it. */
    SLOT,
    /** A half that ended alone. */
    HALF
  }

  /** A slot is paired. */
  public static Hint slot(long id) {
    return new Hint(Kind.SLOT, id);
  }

  /** A half has ended alone. */
  public static Hint half(long id) {
    return new Hint(Kind.HALF, id);
  }

  /** As it stands in a message: {@code slot:17}. */
  public String text() {
    return (kind == Kind.SLOT ? "slot:" : "half:") + id;
  }

  /** Inverse of {@link #text}; empty for anything else. */
  public static Optional<Hint> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long id = Long.parseLong(matcher.group(2));
    return Optional.of(matcher.group(1).equals("slot") ? slot(id) : half(id));
  }
}

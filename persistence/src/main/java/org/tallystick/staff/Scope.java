package org.tallystick.staff;

import java.util.Optional;

/** What a partner bank's program may do; staff are bound by their roles alone. */
public enum Scope {
  /** Registers parties and sees those of its institution. */
  REGISTRATIONS("registrations"),
  /** Says which events it wants to be told. */
  WEBHOOKS("webhooks"),
  /** Looks at what its institution's parties did in transactions. */
  TRANSACTIONS_READ("transactions-read");

  private final String text;

  Scope(String text) {
    this.text = text;
  }

  /** Its name on the wire, RFC 6749, 3.3. */
  public String text() {
    return text;
  }

  /** The scope with a name on the wire. */
  public static Optional<Scope> of(String text) {
    for (Scope scope : values()) {
      if (scope.text.equals(text)) {
        return Optional.of(scope);
      }
    }
    return Optional.empty();
  }
}

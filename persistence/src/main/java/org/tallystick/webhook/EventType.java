package org.tallystick.webhook;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.staff.Scope;

/**
 * What a partner bank's program may be told of. Names are never changed; receivers switch on them.
 */
public enum EventType {
  /** A registration of the institution's moved to another state. */
  REGISTRATION_MOVED("registration.moved", Scope.REGISTRATIONS),
  /** The bank left a message for a party of the institution's. */
  REGISTRATION_MESSAGE("registration.message", Scope.REGISTRATIONS),
  /** A version of the agreement was published, which parties are to sign. */
  AGREEMENT_PUBLISHED("agreement.published", null),
  /** A party of the institution's took part in what was decided now. */
  TRANSACTION_DECIDED("transaction.decided", Scope.TRANSACTIONS_READ),
  /** Asked for by the program itself, to see whether it arrives; nobody subscribes to it. */
  TEST("webhook.test", null);

  private final String text;
  private final @Nullable Scope scope;

  EventType(String text, @Nullable Scope scope) {
    this.text = text;
    this.scope = scope;
  }

  /** Its name on the wire. */
  public String text() {
    return text;
  }

  /** What a program must be let do to hear of it, beside having webhooks. */
  public Optional<Scope> scope() {
    return Optional.ofNullable(scope);
  }

  /** Whether programs choose it. */
  public boolean isForSubscribers() {
    return this != TEST;
  }

  /** The one with a name on the wire. */
  public static Optional<EventType> of(String text) {
    for (EventType type : values()) {
      if (type.text.equals(text)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}

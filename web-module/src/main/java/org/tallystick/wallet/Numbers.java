package org.tallystick.wallet;

import java.util.Optional;
import org.tallystick.json.StrictJson;

/** Reads numbers of cards and accounts out of bodies. What is refused is never repeated. */
final class Numbers {
  private static final int MAX_PAN = 19;
  private static final int MAX_IBAN = 42;
  private static final int MAX_ROUTING = 9;
  private static final int MAX_ACCOUNT = 17;

  private Numbers() {}

  /** {@code pan}; empty where it is none. */
  static Optional<Pan> pan(StrictJson body) {
    return Pan.of(body.requireText("pan", MAX_PAN));
  }

  /** {@code iban}, or {@code routingNumber} and {@code accountNumber}; empty where it is none. */
  static Optional<? extends AccountNumber> account(StrictJson body, AccountForm form) {
    return switch (form) {
      case IBAN -> Iban.of(body.requireText("iban", MAX_IBAN));
      case US ->
          UsAccount.of(
              body.requireText("routingNumber", MAX_ROUTING),
              body.requireText("accountNumber", MAX_ACCOUNT));
    };
  }
}

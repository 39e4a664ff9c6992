package org.tallystick.code;

/** Why an authentic half is not taken: exact, for the log; the outside hears a reason class. */
public enum Refusal {
  /** Account identifier is not the bound one. */
  ACCOUNT_MISMATCH,
  /** Contract is not the bound one. */
  CONTRACT_MISMATCH,
  /** Account binding value is not the bound one. */
  BINDING_VALUE_MISMATCH,
  /** Device is suspended or revoked. */
  DEVICE_NOT_ACTIVE,
  /** Registration lapsed, suspended or closed. */
  PARTY_NOT_ACTIVE,
  /** Party has not agreed to the version of the agreement that is in force. */
  AGREEMENT_NOT_SIGNED,
  /** Party may not take this role. */
  ROLE_NOT_ALLOWED,
  /** A critical extension that the bank does not know. */
  UNKNOWN_EXTENSION,
  /** The transaction number is neither the half's own nor reserved for the account. */
  NUMBER_NOT_RESERVED,
  /** No open authority of the account belongs to the later step of a purchase. */
  NO_AUTHORITY,
  /** Made in an epoch from before a restore of the bank: the device rekeys first. */
  REKEY_FIRST,
  /** Came after its notAfter. */
  LATE,
  /** A PIN was needed and is not there. */
  PIN_MISSING,
  /** The PIN was wrong. */
  PIN_WRONG,
  /** The PIN of a level was wrong, or that level has none. */
  LEVEL_PIN_WRONG,
  /** PINs of the device are not looked at for now. */
  BLOCKED,
  /** Above what a new device may pay. */
  ABOVE_DEVICE_LIMIT,
  /** Above what the bank takes from a payer who did not have the bill. */
  ABOVE_TERMS_LIMIT,
  /** Too many halves of this device are waiting. */
  TOO_MANY_OPEN,
  /** A half of this role is there already. */
  ROLE_TAKEN,
  /** Too many failed halves for this bill. */
  BILL_EXHAUSTED;

  /** Whether it counts as a wrong PIN of the device. */
  public boolean isWrongPin() {
    return this == PIN_WRONG || this == LEVEL_PIN_WRONG;
  }

  /** Whether the half's PINs were found right before. */
  public boolean isAfterPins() {
    return this == ABOVE_DEVICE_LIMIT || this == ABOVE_TERMS_LIMIT;
  }
}

package org.tallystick.party;

/** What a party says a document is. */
public enum DocumentKind {
  PASSPORT,
  NATIONAL_ID,
  DRIVING_LICENCE,
  RESIDENCE_PERMIT,
  TAX_ID,
  REGISTRATION_EXTRACT,
  PROOF_OF_ADDRESS,
  OWNERSHIP,
  OTHER;

  /** Whether it may identify a party of that kind. */
  public boolean identifies(PartyKind party) {
    return switch (this) {
      case PASSPORT, NATIONAL_ID, DRIVING_LICENCE, RESIDENCE_PERMIT, TAX_ID ->
          party == PartyKind.PERSON;
      case REGISTRATION_EXTRACT -> party == PartyKind.ORGANISATION;
      case PROOF_OF_ADDRESS, OWNERSHIP, OTHER -> false;
    };
  }
}

package org.tallystick.party;

/** What a message to a party is about. */
public enum MessageKind {
  /** The registration moved; parameter {@code state}. */
  REGISTRATION,
  /** The identification holds until {@code until} only and wants to be renewed. */
  VERIFICATION_DUE,
  /** The identification was renewed and holds until {@code until}. */
  VERIFICATION_RENEWED
}

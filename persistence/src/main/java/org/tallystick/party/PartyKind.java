package org.tallystick.party;

/** Whether a party is a natural person or an organisation. */
public enum PartyKind {
  PERSON,
  ORGANISATION
}

package org.tallystick.party;

/** Which half a party makes: a user pays or asks, a provider sells or grants. */
public enum PartyRole {
  USER,
  PROVIDER
}

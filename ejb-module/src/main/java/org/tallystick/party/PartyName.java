package org.tallystick.party;

/**
 * A name under which a party, or someone behind it, may be on a list.
 *
 * @param text the name
 * @param kind whose it is
 */
public record PartyName(String text, PartyKind kind) {
  @Override
  public String toString() {
    return "PartyName(" + kind + ")";
  }
}

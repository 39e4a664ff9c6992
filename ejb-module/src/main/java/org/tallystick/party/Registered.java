package org.tallystick.party;

/**
 * What someone who applied takes away.
 *
 * @param registration names the registration in addresses
 * @param partyToken shown once
 */
public record Registered(String registration, String partyToken) implements ApplicationOutcome {
  @Override
  public String toString() {
    return "Registered(" + registration + ")";
  }
}

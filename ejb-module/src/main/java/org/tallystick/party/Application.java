package org.tallystick.party;

import org.jspecify.annotations.Nullable;

/**
 * What someone who applies says about itself.
 *
 * @param kind person or organisation
 * @param role user or provider
 * @param name the legal name; stored sealed
 * @param displayName what a provider shows the public
 * @param place where a provider is
 * @param email stored sealed
 */
public record Application(
    PartyKind kind,
    PartyRole role,
    String name,
    @Nullable String displayName,
    @Nullable String place,
    @Nullable String email) {
  @Override
  public String toString() {
    return "Application(" + kind + ", " + role + ")";
  }
}

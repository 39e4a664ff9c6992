package org.tallystick.party;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A registration as the staff sees it, name and address opened.
 *
 * @param registration names it in addresses
 * @param kind person or organisation
 * @param role user or provider
 * @param state where it stands
 * @param name the legal name
 * @param displayName what a provider shows the public
 * @param place where a provider is
 * @param email if one was given
 * @param registeredAt when it came in
 */
public record Applicant(
    String registration,
    PartyKind kind,
    PartyRole role,
    RegistrationState state,
    String name,
    @Nullable String displayName,
    @Nullable String place,
    @Nullable String email,
    OffsetDateTime registeredAt) {
  @Override
  public String toString() {
    return "Applicant(" + registration + ", " + state + ")";
  }
}

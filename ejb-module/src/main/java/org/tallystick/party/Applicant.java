package org.tallystick.party;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.keys.PersonalKey;

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
  static Applicant of(Party party, PersonalKey key) {
    byte[] registration = party.identifiers().registration();
    PartyIdentity identity = party.identity();
    return new Applicant(
        Base64Url.encode(registration),
        party.kind(),
        party.role(),
        party.state(),
        key.openText(identity.nameSealed(), SealContext.name(registration)),
        identity.displayName().orElse(null),
        identity.place().orElse(null),
        identity
            .emailSealed()
            .map(email -> key.openText(email, SealContext.email(registration)))
            .orElse(null),
        party.registeredAt());
  }

  @Override
  public String toString() {
    return "Applicant(" + registration + ", " + state + ")";
  }
}

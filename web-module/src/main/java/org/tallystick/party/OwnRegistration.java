package org.tallystick.party;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;

/**
 * A registration as its own party sees it; byte strings in base64url.
 *
 * @param registration names it in addresses
 * @param kind person or organisation
 * @param role user or provider
 * @param state where it stands
 * @param displayName what a provider shows the public
 * @param place where a provider is
 * @param accountIdentifier names the account inside codes
 * @param contractId names this party's own contract
 * @param contractVersion which agreement
 * @param contractHash SHA-256 of its text
 * @param registeredAt when it came in
 * @param verifiedUntil how long its identification holds, once it was approved
 */
public record OwnRegistration(
    String registration,
    PartyKind kind,
    PartyRole role,
    RegistrationState state,
    @Nullable String displayName,
    @Nullable String place,
    String accountIdentifier,
    String contractId,
    int contractVersion,
    String contractHash,
    OffsetDateTime registeredAt,
    @Nullable OffsetDateTime verifiedUntil) {
  static OwnRegistration of(Party party) {
    return new OwnRegistration(
        Base64Url.encode(party.identifiers().registration()),
        party.kind(),
        party.role(),
        party.state(),
        party.identity().displayName().orElse(null),
        party.identity().place().orElse(null),
        Base64Url.encode(party.accountIdentifier()),
        Base64Url.encode(party.contractId()),
        party.contractVersion(),
        Base64Url.encode(party.contractHash()),
        party.registeredAt(),
        party.verifiedUntil().orElse(null));
  }
}

package org.tallystick.party;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a party is called: name and e-mail address sealed, and what a provider shows the public.
 *
 * <p>The sealed columns hold ciphertext under the personal key; this class cannot open them.
 */
@Embeddable
public class PartyIdentity {
  @Column(name = "name_sealed", nullable = false)
  private byte[] nameSealed;

  @Column(name = "email_sealed")
  private byte @Nullable [] emailSealed;

  @Column(name = "display_name", length = 64)
  private @Nullable String displayName;

  @Column(name = "display_name_look_hash")
  private byte @Nullable [] displayNameLookHash;

  @Column(name = "display_name_folded_hash")
  private byte @Nullable [] displayNameFoldedHash;

  @Column(name = "place", length = 64)
  private @Nullable String place;

  /** For JPA. */
  protected PartyIdentity() {}

  /** An identity; only providers have a public name and a place. */
  public PartyIdentity(
      byte[] nameSealed,
      byte @Nullable [] emailSealed,
      @Nullable PublicName publicName,
      @Nullable String place) {
    this.nameSealed = nameSealed.clone();
    this.emailSealed = emailSealed == null ? null : emailSealed.clone();
    if (publicName != null) {
      this.displayName = publicName.text();
      this.displayNameLookHash = publicName.lookHash();
      this.displayNameFoldedHash = publicName.foldedHash();
    }
    this.place = place;
  }

  /** The sealed name. */
  public byte[] nameSealed() {
    return nameSealed.clone();
  }

  /** The sealed e-mail address, if one was given. */
  public Optional<byte[]> emailSealed() {
    return Optional.ofNullable(emailSealed).map(byte[]::clone);
  }

  /** A provider's public name. */
  public Optional<String> displayName() {
    return Optional.ofNullable(displayName);
  }

  /** The same with what it is compared by. */
  public Optional<PublicName> publicName() {
    return displayName == null || displayNameLookHash == null || displayNameFoldedHash == null
        ? Optional.empty()
        : Optional.of(new PublicName(displayName, displayNameLookHash, displayNameFoldedHash));
  }

  /** A provider's public place. */
  public Optional<String> place() {
    return Optional.ofNullable(place);
  }
}

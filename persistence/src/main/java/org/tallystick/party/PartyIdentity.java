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

  @Column(name = "display_name_skeleton", length = 1024)
  private @Nullable String displayNameSkeleton;

  @Column(name = "place", length = 64)
  private @Nullable String place;

  /** For JPA. */
  protected PartyIdentity() {}

  /**
   * An identity; only providers have a display name and a place.
   *
   * @param displayNameSkeleton the same for all names that people would take for this one
   */
  public PartyIdentity(
      byte[] nameSealed,
      byte @Nullable [] emailSealed,
      @Nullable String displayName,
      @Nullable String displayNameSkeleton,
      @Nullable String place) {
    this.nameSealed = nameSealed.clone();
    this.emailSealed = emailSealed == null ? null : emailSealed.clone();
    this.displayName = displayName;
    this.displayNameSkeleton = displayNameSkeleton;
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

  /** What a provider's public name looks like; unique among those that take part. */
  public Optional<String> displayNameSkeleton() {
    return Optional.ofNullable(displayNameSkeleton);
  }

  /** A provider's public place. */
  public Optional<String> place() {
    return Optional.ofNullable(place);
  }
}

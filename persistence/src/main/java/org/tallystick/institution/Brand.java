package org.tallystick.institution;

import jakarta.persistence.Basic;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.FetchType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.crypto.Sha256;
import org.tallystick.party.PublicName;

/** How an institution shows itself to the parties that register through it. */
@Embeddable
public class Brand {
  @Column(name = "name", nullable = false)
  private String name;

  @Column(name = "name_look_hash", nullable = false)
  private byte[] nameLookHash;

  @Column(name = "name_folded_hash", nullable = false)
  private byte[] nameFoldedHash;

  @Column(name = "text_colour", nullable = false)
  private String textColour;

  @Column(name = "background_colour", nullable = false)
  private String backgroundColour;

  @Basic(fetch = FetchType.LAZY)
  @Column(name = "logo")
  private byte @Nullable [] logo;

  @Column(name = "logo_hash")
  private byte @Nullable [] logoHash;

  @Column(name = "terms", nullable = false)
  private String terms;

  @Column(name = "terms_hash", nullable = false)
  private byte[] termsHash;

  /** For JPA. */
  protected Brand() {}

  /**
   * A brand.
   *
   * @param name with what it is compared by
   * @param textColour {@code #rrggbb}
   * @param backgroundColour {@code #rrggbb}
   * @param logo PNG, or null
   * @param terms UTF-8 with line feeds, hashed as such
   */
  public Brand(
      PublicName name,
      String textColour,
      String backgroundColour,
      byte @Nullable [] logo,
      String terms) {
    this.name = name.text();
    this.nameLookHash = name.lookHash();
    this.nameFoldedHash = name.foldedHash();
    this.textColour = textColour;
    this.backgroundColour = backgroundColour;
    this.logo = logo == null ? null : logo.clone();
    this.logoHash = logo == null ? null : Sha256.of(logo);
    this.terms = terms;
    this.termsHash = Sha256.of(terms.getBytes(StandardCharsets.UTF_8));
  }

  /** What people read. */
  public String name() {
    return name;
  }

  /** Colour of text, {@code #rrggbb}. */
  public String textColour() {
    return textColour;
  }

  /** Colour behind text, {@code #rrggbb}. */
  public String backgroundColour() {
    return backgroundColour;
  }

  /** The logo, PNG, if there is one. */
  public Optional<byte[]> logo() {
    return Optional.ofNullable(logo).map(byte[]::clone);
  }

  /** SHA-256 of the logo, if there is one. */
  public Optional<byte[]> logoHash() {
    return Optional.ofNullable(logoHash).map(byte[]::clone);
  }

  /** The institution's own terms. */
  public String terms() {
    return terms;
  }

  /** SHA-256 of the terms' bytes. */
  public byte[] termsHash() {
    return termsHash.clone();
  }
}

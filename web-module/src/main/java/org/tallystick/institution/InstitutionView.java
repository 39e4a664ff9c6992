package org.tallystick.institution;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;

/**
 * An institution as administrators see it; bytes in base64url.
 *
 * @param institution names it in addresses
 * @param state where it stands
 * @param name what people read
 * @param textColour {@code #rrggbb}
 * @param backgroundColour {@code #rrggbb}
 * @param logoSha256 of the logo, or null
 * @param terms its own
 * @param termsSha256 of their bytes
 * @param createdAt since when
 */
public record InstitutionView(
    String institution,
    InstitutionState state,
    String name,
    String textColour,
    String backgroundColour,
    @Nullable String logoSha256,
    String terms,
    String termsSha256,
    OffsetDateTime createdAt) {
  static InstitutionView of(Institution found) {
    Brand brand = found.brand();
    return new InstitutionView(
        Base64Url.encode(found.publicId()),
        found.state(),
        brand.name(),
        brand.textColour(),
        brand.backgroundColour(),
        brand.logoHash().map(Base64Url::encode).orElse(null),
        brand.terms(),
        Base64Url.encode(brand.termsHash()),
        found.createdAt());
  }
}

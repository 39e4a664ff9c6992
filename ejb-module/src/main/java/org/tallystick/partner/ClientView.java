package org.tallystick.partner;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.institution.Institution;
import org.tallystick.staff.Scope;

/**
 * A partner bank's program as administrators see it.
 *
 * @param client client identifier
 * @param institution for whom it works, base64url
 * @param state where it stands
 * @param scopes what it may do
 * @param keys names and algorithms of its keys
 * @param certificateSha256 its certificate's hash, base64url; null where it has keys
 * @param registeredAt since when
 * @param version goes up with each change
 */
public record ClientView(
    String client,
    String institution,
    PartnerClient.State state,
    Set<Scope> scopes,
    List<KeyView> keys,
    @Nullable String certificateSha256,
    OffsetDateTime registeredAt,
    int version) {
  /**
   * A key.
   *
   * @param kid its name
   * @param algorithm what it serves for
   */
  public record KeyView(String kid, String algorithm) {}

  static ClientView of(PartnerClient client, Institution institution) {
    return new ClientView(
        client.name(),
        Base64Url.encode(institution.publicId()),
        client.state(),
        client.scopes(),
        client.keys().stream().map(key -> new KeyView(key.kid(), key.algorithm().text())).toList(),
        client.certificateHash().map(Base64Url::encode).orElse(null),
        client.registeredAt(),
        client.version());
  }
}

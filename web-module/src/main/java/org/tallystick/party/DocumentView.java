package org.tallystick.party;

import java.time.OffsetDateTime;
import org.tallystick.codec.Base64Url;

/**
 * A document without its content.
 *
 * @param document names it in addresses
 * @param type what the party says it is
 * @param mediaType of the content
 * @param sizeBytes of the content
 * @param sha256 of the content, base64url
 * @param uploadedAt when it came
 */
public record DocumentView(
    String document,
    DocumentKind type,
    String mediaType,
    int sizeBytes,
    String sha256,
    OffsetDateTime uploadedAt) {
  static DocumentView of(PartyDocument document) {
    return new DocumentView(
        Base64Url.encode(document.publicId()),
        document.kind(),
        document.media().type(),
        document.sizeBytes(),
        Base64Url.encode(document.sha256()),
        document.uploadedAt());
  }
}

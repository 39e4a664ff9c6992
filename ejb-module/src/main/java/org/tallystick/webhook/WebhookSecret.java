package org.tallystick.webhook;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.tallystick.crypto.HmacSha256;
import org.tallystick.crypto.Secret;

/**
 * What one webhook's deliveries are signed with: 32 random bytes, shown once as {@code whsec_} and
 * base64.
 *
 * <p>The signature is HMAC-SHA-256 over webhook-id, full stop, webhook-timestamp, full stop, body;
 * {@code v1,} and base64.
 *
 * <p>Source: Standard Webhooks 1.0.0, "Signature scheme".
 */
public final class WebhookSecret implements AutoCloseable {
  private static final String PREFIX = "whsec_";
  private static final int LENGTH = 32;

  private final Secret key;

  private WebhookSecret(Secret key) {
    this.key = key;
  }

  /** Draws one. */
  static WebhookSecret draw(SecureRandom random) {
    return new WebhookSecret(Secret.random(random, LENGTH));
  }

  /** One of these bytes, which it wipes when it is closed. */
  static WebhookSecret adopt(byte[] bytes) {
    return new WebhookSecret(Secret.adopt(bytes));
  }

  /** As its owner is shown it, once. */
  String shown() {
    return PREFIX + Base64.getEncoder().encodeToString(key.reveal());
  }

  byte[] reveal() {
    return key.reveal();
  }

  /** The header webhook-signature: a signature by each secret, the present one's first. */
  static String signatures(List<WebhookSecret> secrets, String id, long timestamp, byte[] body) {
    byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.US_ASCII);
    return secrets.stream()
        .map(secret -> HmacSha256.of(secret.reveal(), head, body))
        .map(tag -> "v1," + Base64.getEncoder().encodeToString(tag))
        .collect(Collectors.joining(" "));
  }

  @Override
  public void close() {
    key.close();
  }

  @Override
  public String toString() {
    return "WebhookSecret";
  }
}

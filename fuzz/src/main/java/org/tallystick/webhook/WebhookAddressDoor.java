package org.tallystick.webhook;

import java.util.Optional;
import org.jspecify.annotations.NullMarked;

/** Lets the fuzzer reach what reads where deliveries go. */
@NullMarked
public final class WebhookAddressDoor {
  private WebhookAddressDoor() {}

  /** Host, and path with query, as they stand in a request. */
  public static Optional<String> of(String text) {
    return WebhookAddress.of(text, false)
        .map(address -> "https://" + address.authority() + address.target());
  }
}

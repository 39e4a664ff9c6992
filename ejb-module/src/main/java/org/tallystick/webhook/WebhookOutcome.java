package org.tallystick.webhook;

/** What became of a wish about a webhook. */
public sealed interface WebhookOutcome {
  /** It is so now. */
  record Stands(Webhook webhook) implements WebhookOutcome {}

  /**
   * It has this secret now.
   *
   * @param secret shown once
   */
  record WithSecret(Webhook webhook, String secret) implements WebhookOutcome {
    @Override
    public String toString() {
      return "WithSecret";
    }
  }

  /** It will be sent. */
  record Due(Delivery delivery) implements WebhookOutcome {}

  /** There is none of the institution's. */
  record Unknown() implements WebhookOutcome {}

  /** Somebody else has changed it since. */
  record OtherVersion() implements WebhookOutcome {}

  /** Nothing is ever sent to such an address. */
  record AddressNotValid() implements WebhookOutcome {}

  /** The institution has as many as it may. */
  record TooMany() implements WebhookOutcome {}

  /** It is paused, and nothing can be sent. */
  record Paused() implements WebhookOutcome {}
}

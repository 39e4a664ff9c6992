package org.tallystick.webhook;

/** Whether a webhook is told anything. */
public enum WebhookState {
  ACTIVE,
  /** Nothing is sent and no new event is kept for it. */
  PAUSED
}

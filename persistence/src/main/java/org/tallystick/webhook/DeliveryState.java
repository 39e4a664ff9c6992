package org.tallystick.webhook;

/** Where a delivery stands. */
public enum DeliveryState {
  /** To be sent, for the first time or again. */
  PENDING,
  /** The receiver took it: it answered 200 to 299. */
  DELIVERED,
  /** Given up after the last attempt; it can be asked for again. */
  FAILED
}

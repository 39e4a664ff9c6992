package org.tallystick.webhook;

/** Why a webhook is paused. */
public enum PauseReason {
  /** A program of the institution wanted it so. */
  OWNER,
  /** Nothing arrived there for days. */
  FAILING,
  /** The receiver answered 410: it is there no more. */
  GONE
}

package org.tallystick.keys;

/** What a signing key of the consortium is used for. */
public enum KeyUse {
  /** Signs the key set that devices pin. */
  ROOT,
  /** Signs final answers. */
  ANSWER,
  /** Signs receipts. */
  RECEIPT,
  /** Signs provider certificates. */
  CERTIFICATE,
  /** Signs checkpoints of the tree over all logs. */
  CHECKPOINT
}

package org.tallystick.idempotency;

/** How things stand with an idempotency key. */
public sealed interface KeyOutcome {
  /** It is new: do what is asked, in this transaction. */
  record Go() implements KeyOutcome {}

  /**
   * The request came before.
   *
   * @param answer what was said then
   */
  record Again(KeyedAnswer answer) implements KeyOutcome {}

  /** The key came before with something else. */
  record OtherPayload() implements KeyOutcome {}

  /** A request under the key has not ended, here or at another node. */
  record UnderWay() implements KeyOutcome {}
}

package org.tallystick.party;

/** What became of what a party said of itself. */
public sealed interface IdentificationOutcome {
  /** It is kept, as this edition. */
  record Kept(int edition) implements IdentificationOutcome {}

  /**
   * It cannot be true.
   *
   * @param fault in words, which name the member and not what it held
   */
  record NotValid(String fault) implements IdentificationOutcome {}

  /** Another edition is kept than the one that was to be replaced. */
  record Changed() implements IdentificationOutcome {}

  /** As the registration stands, nothing can be said. */
  record NotPermitted() implements IdentificationOutcome {}
}

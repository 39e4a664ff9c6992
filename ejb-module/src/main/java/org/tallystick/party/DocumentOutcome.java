package org.tallystick.party;

/** What became of a document that a party handed in or wants back. */
public sealed interface DocumentOutcome {
  /** It is kept; the same content again is the same document. */
  record Kept(PartyDocument document) implements DocumentOutcome {}

  /** It is gone. */
  record Removed() implements DocumentOutcome {}

  /**
   * It is not what it says, or cannot be shown safely.
   *
   * @param fault in words
   */
  record NotAcceptable(String fault) implements DocumentOutcome {}

  /** The party has handed in as many as it may. */
  record TooMany() implements DocumentOutcome {}

  /** As the registration stands, documents neither come nor go. */
  record NotPermitted() implements DocumentOutcome {}

  /** There is no such document of this party. */
  record Unknown() implements DocumentOutcome {}
}

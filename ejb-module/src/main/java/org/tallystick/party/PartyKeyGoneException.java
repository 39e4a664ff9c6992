package org.tallystick.party;

/** The party was erased, and its key destroyed: what was sealed under it does not open any more. */
public final class PartyKeyGoneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PartyKeyGoneException() {
    super("the party's key was destroyed");
  }
}

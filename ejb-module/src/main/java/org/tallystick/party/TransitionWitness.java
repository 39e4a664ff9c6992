package org.tallystick.party;

/** Hears of every transition of a registration, in its transaction. */
public interface TransitionWitness {
  /** A registration moved; its party's row is locked. */
  void moved(Party party, PartyTransition line);
}

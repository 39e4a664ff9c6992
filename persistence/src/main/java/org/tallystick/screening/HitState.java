package org.tallystick.screening;

/** What is thought of a hit. */
public enum HitState {
  /** Nobody has decided, or a record has changed since. */
  OPEN,
  /** The party is not who is listed. */
  FALSE_POSITIVE,
  /** The party is who is listed. */
  TRUE_MATCH
}

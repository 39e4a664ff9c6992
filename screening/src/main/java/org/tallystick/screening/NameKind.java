package org.tallystick.screening;

/** How much a listed name says about its bearer. */
public enum NameKind {
  /** The name the entry is kept under. */
  PRIMARY,
  /** Another or a former name. */
  ALIAS,
  /** A nickname, a common word, a single name: the list itself warns that it fits many. */
  WEAK_ALIAS
}

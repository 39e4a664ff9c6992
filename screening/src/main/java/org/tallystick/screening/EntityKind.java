package org.tallystick.screening;

/** What a name stands for. */
public enum EntityKind {
  PERSON,
  ORGANISATION,
  VESSEL,
  AIRCRAFT,
  /** The list, or who asks, does not say. */
  UNKNOWN
}

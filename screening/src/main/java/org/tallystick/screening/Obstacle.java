package org.tallystick.screening;

/** Why a name cannot be screened: never "clean", a clerk has to look. */
public enum Obstacle {
  /** Nothing is left of it that can be compared: it is empty, or symbols alone. */
  NOTHING_TO_COMPARE,
  /** Nothing but a legal form such as "CORP": it names nobody. */
  LEGAL_FORM_ALONE,
  /** Letters of a script for which no way to Latin letters is known. */
  UNKNOWN_SCRIPT,
  /** More than {@link Query#MAX_LENGTH} chars. */
  TOO_LONG,
  /** More than {@link Screener#MAX_TERMS} words. */
  TOO_MANY_TERMS
}

package org.tallystick.screening;

/** What became of a list that somebody wanted to load. */
public sealed interface LoadOutcome {
  /**
   * It is in force.
   *
   * @param edition the new one
   */
  record Loaded(ScreeningEdition edition) implements LoadOutcome {}

  /**
   * These very bytes are in force already.
   *
   * @param edition the one in force
   */
  record InForce(ScreeningEdition edition) implements LoadOutcome {}

  /**
   * It is not the list that it should be; nothing is stored.
   *
   * @param reason in words, with nothing of the file's text
   */
  record Refused(String reason) implements LoadOutcome {}

  /**
   * It is much shorter than the one in force, as a download is that was cut off; nothing is stored.
   *
   * @param inForce names in the edition in force
   * @param given names in this one
   */
  record Shrunk(int inForce, int given) implements LoadOutcome {}
}

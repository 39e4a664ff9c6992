package org.tallystick.party;

/** What became of an application. */
public sealed interface ApplicationOutcome
    permits Registered, ApplicationOutcome.NameConfusable, ApplicationOutcome.InstitutionNotOpen {
  /**
   * A provider that takes part has a public name that people would take for this one, or nothing of
   * this one is seen.
   */
  record NameConfusable() implements ApplicationOutcome {}

  /** There is no such institution, or nobody may join it now. */
  record InstitutionNotOpen() implements ApplicationOutcome {}
}

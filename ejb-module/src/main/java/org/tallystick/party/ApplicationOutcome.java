package org.tallystick.party;

/** What became of an application. */
public sealed interface ApplicationOutcome permits Registered, ApplicationOutcome.NameConfusable {
  /** A provider that takes part has a public name that people would take for this one. */
  record NameConfusable() implements ApplicationOutcome {}
}

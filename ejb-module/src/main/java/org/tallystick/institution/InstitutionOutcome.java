package org.tallystick.institution;

/** What became of a wish to make or change an institution. */
public sealed interface InstitutionOutcome {
  /** It is so now. */
  record Stands(Institution institution) implements InstitutionOutcome {}

  /** There is no such institution. */
  record Unknown() implements InstitutionOutcome {}

  /** Somebody else has changed it since. */
  record OtherVersion() implements InstitutionOutcome {}

  /** From where it stands, that cannot follow. */
  record NotPermitted() implements InstitutionOutcome {}

  /** People would take the name for another institution's, or nothing of it is seen. */
  record NameConfusable() implements InstitutionOutcome {}

  /** The text cannot be read on the background. */
  record LowContrast() implements InstitutionOutcome {}

  /** The logo is no PNG that is taken. */
  record LogoNotValid() implements InstitutionOutcome {}
}

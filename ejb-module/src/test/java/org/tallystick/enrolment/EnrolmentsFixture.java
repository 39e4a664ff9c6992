package org.tallystick.enrolment;

import org.tallystick.agreement.AgreementsFixture;
import org.tallystick.keys.Bank;
import org.tallystick.keys.KeySetsFixture;
import org.tallystick.party.BackOffice;

/** The enrolment beans wired by hand. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class EnrolmentsFixture {
  private EnrolmentsFixture() {}

  public static Enrolments enrolments(BackOffice office) {
    Enrolments enrolments = new Enrolments();
    enrolments.bank = new Bank(office.environment);
    enrolments.entities = office.entities;
    enrolments.parties = office.parties;
    enrolments.transitions = office.transitions;
    enrolments.agreements = AgreementsFixture.signed(office);
    enrolments.vault = office.vault;
    enrolments.keys = office.keys;
    enrolments.clock = office.clock;
    enrolments.random = office.random;
    return enrolments;
  }

  public static Activations activations(BackOffice office, Enrolments enrolments) {
    Activations activations = new Activations();
    Bank bank = new Bank(office.environment);
    activations.entities = office.entities;
    activations.parties = office.parties;
    activations.agreements = office.agreements;
    activations.keySets = KeySetsFixture.over(office, bank);
    activations.enrolments = enrolments;
    activations.bank = bank;
    activations.vault = office.vault;
    activations.clock = office.clock;
    activations.random = office.random;
    return activations;
  }
}

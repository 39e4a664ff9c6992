package org.tallystick.stage;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.tallystick.agreement.AgreementStage;
import org.tallystick.agreement.AgreementsFixture;
import org.tallystick.agreement.Publishing;
import org.tallystick.agreement.PublishingOutcome;
import org.tallystick.agreement.SignedAgreement;
import org.tallystick.code.TestDevice;
import org.tallystick.crypto.Sha256;
import org.tallystick.format.Suite;
import org.tallystick.node.Server;
import org.tallystick.party.Agreement;
import org.tallystick.party.BackOffice;
import org.tallystick.request.Agree;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;

/** A second version of the agreement; afterwards the database has one alone again. */
abstract class AgreementCase extends AccountCase {
  static final String TEXT = "AGREEMENT, VERSION 2\n\nEverything as before.\n";
  static final byte[] HASH = Sha256.of(TEXT.getBytes(StandardCharsets.UTF_8));
  static final Actor OTHER = new Actor("another approver", java.util.Set.of(Role.APPROVER));
  static final int HOURS = 24;

  Publishing publishing;
  AgreementStage stage;

  @BeforeEach
  void office() {
    publishing = AgreementsFixture.publishing(bank.office, HOURS);
    stage = AgreementsFixture.stage(bank.office);
    tell();
  }

  @AfterEach
  void forget() {
    AgreementsFixture.forgetAll(bank.office);
  }

  PublishingOutcome propose(Actor actor, String text, long inHours) {
    return Server.inTransaction(
        bank.office.entities,
        () ->
            publishing.propose(
                actor, text, OffsetDateTime.now(bank.office.clock).plusHours(inHours)));
  }

  PublishingOutcome confirm(Actor actor) {
    return Server.inTransaction(bank.office.entities, () -> publishing.confirm(actor, 2));
  }

  /** Version 2, in force after the notice period. */
  Agreement published() {
    propose(BackOffice.APPROVER, TEXT, HOURS);
    return ((PublishingOutcome.Published) confirm(OTHER)).agreement();
  }

  void inForce() {
    bank.later(HOURS * 3_600_000L);
  }

  boolean tellParties(int limit) {
    return Server.inTransaction(bank.office.entities, () -> stage.tell(limit));
  }

  /**
   * The timer's rounds for all parties; those of other tests, with keys of their own, hear nothing.
   */
  void tellAllParties() {
    int rounds = 0;
    while (tellParties(500) && rounds < 1_000) {
      rounds++;
    }
    long payers = row(payer).partyId();
    long payees = row(payee).partyId();
    Server.inTransaction(
        bank.office.entities,
        () ->
            bank.office
                .entities
                .createNativeQuery("delete from notice_due where party_id not in (?1, ?2)")
                .setParameter(1, payers)
                .setParameter(2, payees)
                .executeUpdate());
    tell();
  }

  SignedAgreement word(TestDevice device, int version, byte[] hash) {
    return new SignedAgreement(
        "TL",
        device.account(),
        device.binding().contractId(),
        version,
        hash,
        bank.office.clock.millis());
  }

  Agree signed(TestDevice device) {
    return new Agree(word(device, 2, HASH).sign(device.key(), Suite.CLASSIC));
  }

  long signatures() {
    return bank.count("select count(*) from party_agreement where sign1 is not null");
  }

  long contractVersion(TestDevice device) {
    bank.office.entities.clear();
    return bank.office
        .parties
        .byAccountIdentifier(device.account())
        .orElseThrow()
        .contractVersion();
  }
}

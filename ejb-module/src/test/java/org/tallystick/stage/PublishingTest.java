package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tallystick.agreement.PublishingOutcome;
import org.tallystick.node.Server;
import org.tallystick.notice.AgreementToSign;
import org.tallystick.notice.RegistrationMoved;
import org.tallystick.party.Agreement;
import org.tallystick.party.BackOffice;
import org.tallystick.party.Party;
import org.tallystick.party.RegistrationState;
import org.tallystick.sequencer.DownChain;
import org.tallystick.staff.NotPermittedException;

/** Versions of the agreement are published by two people and told to every active device. */
class PublishingTest extends AgreementCase {
  private long due() {
    return bank.count("select count(*) from notice_due where kind = 5");
  }

  /** How many parties have to be told: tests share a database. */
  private long expected() {
    return bank.count(
        "select count(*) from party p where state = 'ACTIVE' and contract_version < 2 and exists"
            + " (select 1 from device d where d.party_id = p.id and d.state = 'ACTIVE')");
  }

  @Test
  void version_isPublishedByTwoPeople_andInForceLater() {
    assertThat(propose(BackOffice.APPROVER, TEXT, HOURS))
        .isInstanceOf(PublishingOutcome.Proposed.class);
    assertThat(confirm(BackOffice.APPROVER))
        .isInstanceOf(PublishingOutcome.SecondPersonNeeded.class);
    assertThat(bank.office.agreements.newest().version()).isEqualTo(1);
    Agreement agreement = ((PublishingOutcome.Published) confirm(OTHER)).agreement();
    assertThat(agreement.version()).isEqualTo(2);
    assertThat(agreement.hash()).isEqualTo(HASH);
    assertThat(agreement.publishedBy()).contains("approver");
    assertThat(agreement.approvedBy()).contains("another approver");
    assertThat(bank.office.agreements.inForce().version()).isEqualTo(1);
    inForce();
    bank.office.entities.clear();
    assertThat(bank.office.agreements.inForce().version()).isEqualTo(2);
    assertThat(confirm(OTHER)).isInstanceOf(PublishingOutcome.Unknown.class);
  }

  @Test
  void clerkOrStranger_publishesNothing() {
    assertThatThrownBy(() -> propose(BackOffice.CLERK, TEXT, HOURS))
        .isInstanceOf(NotPermittedException.class);
    propose(BackOffice.APPROVER, TEXT, HOURS);
    assertThatThrownBy(() -> confirm(BackOffice.CLERK)).isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> confirm(BackOffice.AUDITOR)).isInstanceOf(NotPermittedException.class);
    assertThat(bank.office.agreements.newest().version()).isEqualTo(1);
  }

  @Test
  void oneAtATime_isOpenOrWaits() {
    propose(BackOffice.APPROVER, TEXT, HOURS);
    assertThat(propose(OTHER, TEXT + "x", HOURS))
        .isInstanceOf(PublishingOutcome.AnotherWaits.class);
    assertThat(Server.inTransaction(bank.office.entities, () -> publishing.withdraw(OTHER, 2)))
        .isInstanceOf(PublishingOutcome.Withdrawn.class);
    assertThat(confirm(OTHER)).isInstanceOf(PublishingOutcome.Unknown.class);
    published();
    assertThat(propose(OTHER, TEXT + "x", HOURS))
        .isInstanceOf(PublishingOutcome.AnotherWaits.class);
    inForce();
    assertThat(propose(OTHER, TEXT + "x", HOURS)).isInstanceOf(PublishingOutcome.Proposed.class);
  }

  @Test
  void noticePeriod_isKept_alsoAtTheConfirmation() {
    assertThat(propose(OTHER, TEXT, HOURS - 1L))
        .isInstanceOf(PublishingOutcome.NoticeTooShort.class);
    assertThat(propose(OTHER, TEXT, 732L * 24)).isInstanceOf(PublishingOutcome.TooFarAhead.class);
    propose(BackOffice.APPROVER, TEXT, HOURS);
    bank.later(1);
    assertThat(confirm(OTHER)).isInstanceOf(PublishingOutcome.NoticeTooShort.class);
    assertThat(bank.office.agreements.newest().version()).isEqualTo(1);
  }

  static List<String> badTexts() {
    return List.of(
        " \n ",
        "a\r\n",
        "a\tb",
        "zero\u200Bwidth",
        "right\u202Eto left",
        "e\u0301 apart",
        "\uD800",
        "x".repeat(12_001));
  }

  @ParameterizedTest
  @MethodSource("badTexts")
  void text_thatScreensDoNotShowAlike_isRefused(String text) {
    assertThat(propose(OTHER, text, HOURS)).isInstanceOf(PublishingOutcome.TextNotValid.class);
  }

  @Test
  void text_thatIsInForce_isNotPublishedAgain() {
    String present = bank.office.agreements.inForce().text();
    assertThat(propose(OTHER, present, HOURS)).isInstanceOf(PublishingOutcome.TextNotValid.class);
  }

  @Test
  void everyActiveParty_isToldOnce_inStretches_alsoAfterABreak() {
    published();
    long expected = expected();
    assertThat(expected).isGreaterThanOrEqualTo(2);
    assertThat(tellParties(1)).isTrue();
    bank.office.entities.getTransaction().begin();
    stage.tell(1_000);
    bank.office.entities.getTransaction().rollback();
    bank.office.entities.clear();
    int rounds = 0;
    while (tellParties(3) && rounds < 10_000) {
      rounds++;
    }
    assertThat(due()).isEqualTo(expected);
    assertThat(
            bank.count(
                "select count(*) from (select party_id from notice_due where kind = 5"
                    + " group by party_id having count(*) > 1) twice"))
        .isZero();
    assertThat(tellParties(1_000)).isFalse();
    assertThat(due()).isEqualTo(expected);
  }

  @Test
  void whoHasNotAgreed_isRemindedWhenItIsInForce() {
    published();
    tellAllParties();
    status(payer, signed(payer));
    assertThat(due()).isZero();
    inForce();
    long expected = expected();
    while (tellParties(500)) {
      assertThat(due()).isLessThanOrEqualTo(expected);
    }
    assertThat(due()).isEqualTo(expected);
    assertThat(
            bank.count(
                "select count(*) from notice_due n join device d on d.party_id = n.party_id"
                    + " where n.kind = 5 and d.id = "
                    + payer.index()))
        .isZero();
    assertThat(tellParties(500)).isFalse();
  }

  @Test
  void everyDeviceOfTheAccount_hearsOfIt_andTheBankSaysSoWhenAsked() {
    DownChain first = chain(payer);
    DownChain other = chain(second);
    Agreement agreement = published();
    tellAllParties();
    AgreementToSign heard = (AgreementToSign) fetch(payer, first).subject();
    assertThat(heard.terms().isOf(2, HASH)).isTrue();
    assertThat(heard.terms().effectiveAtMillis())
        .isEqualTo(agreement.effectiveAt().toInstant().toEpochMilli());
    assertThat(fetch(second, other).subject().encode()).isEqualTo(heard.encode());
    assertThat(standing(payer).agreement()).isNotNull();
    assertThat(standing(payer).agreement().isOf(2, HASH)).isTrue();
  }

  @Test
  void partyThatComesBack_hearsWhereItStands_andWhatWasPublishedMeanwhile() {
    Party party = bank.office.parties.byAccountIdentifier(payer.account()).orElseThrow();
    move(party, RegistrationState.SUSPENDED);
    DownChain chain = chain(payer);
    tell();
    RegistrationMoved moved = (RegistrationMoved) fetch(payer, chain).subject();
    assertThat(moved.standing()).isEqualTo(RegistrationMoved.Standing.SUSPENDED);
    assertThat(moved.timeMillis()).isEqualTo(bank.office.clock.millis());
    published();
    tellAllParties();
    chain = chain(payer);
    move(party, RegistrationState.ACTIVE);
    tell();
    assertThat(((RegistrationMoved) fetch(payer, chain).subject()).standing())
        .isEqualTo(RegistrationMoved.Standing.ACTIVE);
    DownChain next = chain.next(payer.binding().suite(), payer.deviceId());
    assertThat(fetch(payer, next).subject()).isInstanceOf(AgreementToSign.class);
  }

  private void move(Party party, RegistrationState next) {
    Server.inTransaction(
        bank.office.entities,
        () -> {
          bank.office.transitions.move(
              bank.office.parties.byIdLocked(party.id()).orElseThrow(), next, "approver", "test");
          return true;
        });
  }

  @Test
  void everyState_hasItsNumberOnTheWire() {
    List<String> told = Arrays.stream(RegistrationMoved.Standing.values()).map(Enum::name).toList();
    assertThat(told)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(RegistrationState.values()).map(Enum::name).toList());
  }
}

package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import jakarta.persistence.PersistenceException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.answer.Outcome;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.TestDevice;
import org.tallystick.codec.Base64Url;
import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;
import org.tallystick.party.Party;
import org.tallystick.party.Registered;
import org.tallystick.party.RegistrationState;
import org.tallystick.privacy.DuePage;
import org.tallystick.privacy.ErasureOutcome;
import org.tallystick.privacy.ErasureOutcome.Going;
import org.tallystick.privacy.ErasureOutcome.NotEnded;
import org.tallystick.privacy.ErasureOutcome.NotProposer;
import org.tallystick.privacy.ErasureOutcome.NothingProposed;
import org.tallystick.privacy.ErasureOutcome.SecondPersonNeeded;
import org.tallystick.privacy.ErasureOutcome.State;
import org.tallystick.privacy.ErasureOutcome.Tied;
import org.tallystick.privacy.ErasureOutcome.TooEarly;
import org.tallystick.privacy.ErasureOutcome.Unknown;
import org.tallystick.privacy.ErasureOutcome.Withdrawn;
import org.tallystick.privacy.ErasurePage;
import org.tallystick.privacy.ErasureProposalList;
import org.tallystick.privacy.ErasureProposals;
import org.tallystick.privacy.Erasures;
import org.tallystick.privacy.PrivacyFixture;
import org.tallystick.privacy.Tie;
import org.tallystick.staff.Actor;
import org.tallystick.staff.NotPermittedException;
import org.tallystick.staff.Role;

/** Who may be erased when, and on whose word. */
class ErasuresTest {
  private static final Duration SIX_MONTHS = Duration.ofDays(185);
  private static final Duration FIVE_YEARS = Duration.ofDays(5 * 366);
  private static final Actor OTHER_APPROVER = new Actor("other", Set.of(Role.APPROVER));

  @TempDir Path keys;
  private Stages bank;
  private Erasures erasures;
  private ErasureProposals proposals;

  @BeforeEach
  void open() {
    bank = new Stages(keys);
    erasures = PrivacyFixture.erasures(bank.office);
    proposals = PrivacyFixture.proposals(bank.office);
  }

  private <T> T in(Supplier<T> work) {
    return Server.inTransaction(bank.office.entities, work);
  }

  private ErasureOutcome erase(Actor actor, String registration) {
    return in(() -> erasures.erase(actor, registration, "asked for it"));
  }

  private static String registration(Party party) {
    return Base64Url.encode(party.identifiers().registration());
  }

  private String closed(Party party) {
    String registration = registration(party);
    in(
        () ->
            bank.office.decisions.move(
                BackOffice.APPROVER, registration, RegistrationState.CLOSED, "left"));
    return registration;
  }

  /** An application that was taken back: never active. */
  private String withdrawn() {
    Registered registered = bank.office.apply();
    Party party = bank.office.party(registered);
    in(() -> bank.office.submissions.withdraw(party));
    return registered.registration();
  }

  private void assertState(ErasureOutcome outcome, State state, String by) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Going.class,
            going -> {
              assertThat(going.state()).isEqualTo(state);
              assertThat(going.proposedBy()).isEqualTo(by);
              assertThat(going.erasedAt() != null).isEqualTo(state == State.ERASED);
            });
  }

  @Test
  void twoPeople_oneOfThemAnApprover_erase() {
    String who = withdrawn();
    bank.office.clock.advance(SIX_MONTHS);
    assertState(erase(BackOffice.CLERK, who), State.PROPOSED, "clerk");
    assertState(erase(BackOffice.CLERK, who), State.PROPOSED, "clerk");
    assertThat(erase(new Actor("clerk2", Set.of(Role.CLERK)), who))
        .isEqualTo(new SecondPersonNeeded("clerk"));
    assertThat(erase(new Actor("clerk", Set.of(Role.APPROVER)), who))
        .isInstanceOf(SecondPersonNeeded.class);
    assertState(erase(BackOffice.APPROVER, who), State.ERASED, "clerk");
    assertThat(erase(BackOffice.APPROVER, who)).isInstanceOf(Unknown.class);
    assertThat(in(() -> bank.office.parties.byRegistration(who))).isEmpty();
    ErasurePage.Line line =
        in(() -> erasures.page(BackOffice.AUDITOR, Optional.empty(), 1)).erasures().get(0);
    assertThat(line.registration()).isEqualTo(who);
    assertThat(line.proposedBy()).isEqualTo("clerk");
    assertThat(line.confirmedBy()).isEqualTo("approver");
    assertThat(line.reason()).isEqualTo("asked for it");
    assertThat(line.emptied()).isPositive();
  }

  @Test
  void twoApprovers_doAsWell_butNotOneAlone() {
    String who = withdrawn();
    bank.office.clock.advance(SIX_MONTHS);
    assertState(erase(BackOffice.APPROVER, who), State.PROPOSED, "approver");
    assertThat(erase(BackOffice.APPROVER, who)).isInstanceOf(SecondPersonNeeded.class);
    assertState(erase(OTHER_APPROVER, who), State.ERASED, "approver");
  }

  @Test
  void whoHasNotLeft_isNotErased() {
    Registered applied = bank.office.apply();
    Party active = bank.funded(0);
    assertThat(erase(BackOffice.CLERK, applied.registration())).isInstanceOf(NotEnded.class);
    assertThat(erase(BackOffice.CLERK, registration(active))).isInstanceOf(NotEnded.class);
    assertThat(erase(BackOffice.CLERK, "AAAAAAAAAAAAAAAAAAAAAA")).isInstanceOf(Unknown.class);
  }

  @Test
  void whoeverWasActive_isKeptFiveYears_othersSixMonths_toTheDay() {
    String never = withdrawn();
    String left = closed(bank.funded(0));
    OffsetDateTime then = OffsetDateTime.now(bank.office.clock);
    assertThat(erase(BackOffice.CLERK, never)).isEqualTo(new TooEarly(then.plusMonths(6)));
    assertThat(erase(BackOffice.CLERK, left)).isEqualTo(new TooEarly(then.plusYears(5)));
    bank.office.clock.advance(Duration.between(then, then.plusMonths(6)).minusMillis(1));
    assertThat(erase(BackOffice.CLERK, never)).isInstanceOf(TooEarly.class);
    bank.office.clock.advance(Duration.ofMillis(1));
    assertState(erase(BackOffice.CLERK, never), State.PROPOSED, "clerk");
    assertThat(erase(BackOffice.CLERK, left)).isInstanceOf(TooEarly.class);
    OffsetDateTime now = OffsetDateTime.now(bank.office.clock);
    bank.office.clock.advance(Duration.between(now, then.plusYears(5)));
    assertState(erase(BackOffice.CLERK, left), State.PROPOSED, "clerk");
  }

  @Test
  void moneyLeft_isATie_alsoBetweenProposalAndConfirmation() {
    String who = closed(bank.funded(5));
    bank.office.clock.advance(FIVE_YEARS);
    assertThat(erase(BackOffice.CLERK, who)).isEqualTo(new Tied(Set.of(Tie.BALANCE)));
    String other = closed(bank.funded(0));
    bank.office.clock.advance(FIVE_YEARS);
    assertState(erase(BackOffice.CLERK, other), State.PROPOSED, "clerk");
    long party = in(() -> bank.office.parties.byRegistration(other)).orElseThrow().id();
    hold(party);
    assertThat(erase(BackOffice.APPROVER, other)).isEqualTo(new Tied(Set.of(Tie.HOLD)));
  }

  private void hold(long party) {
    in(
        () ->
            bank.office
                .entities
                .createNativeQuery(
                    "insert into hold (id, account_id, amount_minor, currency, transaction_ref,"
                        + " state, placed_at, expires_at) select gen_random_uuid(), id, 1,"
                        + " currency, 'test', 'HELD', now(), now() from ledger_account where"
                        + " party_id = ?1")
                .setParameter(1, party)
                .executeUpdate());
  }

  @Test
  void proposal_isTakenBackByWhoMadeIt_alone_andStaysToBeRead() {
    String who = withdrawn();
    bank.office.clock.advance(SIX_MONTHS);
    assertThat(takeBack(BackOffice.CLERK, who)).isInstanceOf(NothingProposed.class);
    erase(BackOffice.CLERK, who);
    assertThat(takeBack(BackOffice.APPROVER, who)).isEqualTo(new NotProposer("clerk"));
    assertThat(takeBack(BackOffice.CLERK, who)).isInstanceOf(Withdrawn.class);
    assertThat(takeBack(BackOffice.CLERK, who)).isInstanceOf(NothingProposed.class);
    assertState(erase(BackOffice.APPROVER, who), State.PROPOSED, "approver");
    List<ErasureProposalList.Line> lines = proposals(who);
    assertThat(lines)
        .extracting(line -> line.state().name(), ErasureProposalList.Line::endedReason)
        .containsExactly(tuple("OPEN", null), tuple("WITHDRAWN", "the wrong one"));
    assertState(erase(OTHER_APPROVER, who), State.ERASED, "approver");
    assertThat(takeBack(BackOffice.APPROVER, who)).isInstanceOf(Unknown.class);
    assertThat(in(() -> proposals.list(BackOffice.AUDITOR, who))).isEmpty();
  }

  @Test
  void proposal_ofThirtyDays_isOver_toTheMillisecond_andIsNotConfirmed() {
    String inTime = withdrawn();
    String late = withdrawn();
    bank.office.clock.advance(SIX_MONTHS);
    erase(BackOffice.CLERK, inTime);
    erase(BackOffice.CLERK, late);
    bank.office.clock.advance(Duration.ofDays(30).minusMillis(1));
    assertThat(proposals(late).get(0).state().name()).isEqualTo("OPEN");
    assertState(erase(BackOffice.APPROVER, inTime), State.ERASED, "clerk");
    bank.office.clock.advance(Duration.ofMillis(1));
    assertThat(proposals(late).get(0).state().name()).isEqualTo("EXPIRED");
    assertThat(takeBack(BackOffice.CLERK, late)).isInstanceOf(NothingProposed.class);
    assertState(erase(BackOffice.APPROVER, late), State.PROPOSED, "approver");
    assertThat(proposals(late))
        .extracting(line -> line.state().name(), ErasureProposalList.Line::proposedBy)
        .containsExactly(tuple("OPEN", "approver"), tuple("EXPIRED", "clerk"));
    assertThat(proposals(late).get(1).endedAt()).isEqualTo(proposals(late).get(1).expiresAt());
  }

  private ErasureOutcome takeBack(Actor actor, String registration) {
    return in(() -> proposals.withdraw(actor, registration, "the wrong one"));
  }

  private List<ErasureProposalList.Line> proposals(String registration) {
    return in(() -> proposals.list(BackOffice.CLERK, registration)).orElseThrow().proposals();
  }

  @Test
  void due_listsWhoMayBeErased_longestFirst_pageByPage() {
    bank.office.clock.advance(Duration.ofDays(4000)); // behind what other tests have left
    String first = withdrawn();
    bank.office.clock.advance(Duration.ofDays(1));
    String second = withdrawn();
    closed(bank.funded(0));
    bank.office.clock.advance(SIX_MONTHS);
    List<String> all = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      Optional<String> from = after;
      DuePage page = in(() -> erasures.due(BackOffice.CLERK, from, 1));
      page.registrations().forEach(line -> all.add(line.registration()));
      after = Optional.ofNullable(page.next());
    } while (after.isPresent());
    assertThat(all).doesNotHaveDuplicates().endsWith(first, second);
    erase(BackOffice.CLERK, first);
    erase(BackOffice.APPROVER, first);
    assertThat(in(() -> erasures.due(BackOffice.CLERK, Optional.empty(), 200)).registrations())
        .extracting(DuePage.Line::registration)
        .contains(second)
        .doesNotContain(first);
  }

  @Test
  void registerAndLines_stayAsTheyAre() {
    String kept = withdrawn();
    String gone = withdrawn();
    bank.office.clock.advance(SIX_MONTHS);
    erase(BackOffice.CLERK, gone);
    erase(BackOffice.APPROVER, gone);
    for (String change :
        List.of(
            "update erasure set reason = 'other'",
            "delete from erasure",
            "delete from party_transition",
            "update party_transition set actor = 'other', reason = 'erased'",
            "update party_transition t set reason = 'erased' from party p where p.id = t.party_id"
                + " and p.registration = decode('"
                + java.util.HexFormat.of().formatHex(Base64Url.decode(kept))
                + "', 'hex')")) {
      assertThatThrownBy(
              () -> in(() -> bank.office.entities.createNativeQuery(change).executeUpdate()))
          .as(change)
          .isInstanceOf(PersistenceException.class)
          .hasMessageContaining("append-only");
    }
    assertThatThrownBy(() -> erasures.page(BackOffice.CLERK, Optional.empty(), 1))
        .isInstanceOf(NotPermittedException.class);
  }

  @Test
  void codeOfAnErasedParty_isRefused_andBreaksNothing() {
    Party party = bank.funded(0);
    TestDevice payer = new TestDevice(bank.office, party);
    TestDevice payee = bank.payee();
    String who = closed(party);
    bank.office.clock.advance(FIVE_YEARS);
    erase(BackOffice.CLERK, who);
    assertState(erase(BackOffice.APPROVER, who), State.ERASED, "clerk");
    String number = payee.nextNumber();
    SealedHalf pay = payer.terms(number, new byte[32]).to(payee.account()).seal();
    bank.run(payee.terms(number, new byte[32]).seal(), pay);
    assertThat(bank.answer(payer, pay, number).outcome()).isEqualTo(Outcome.DECLINED);
  }
}

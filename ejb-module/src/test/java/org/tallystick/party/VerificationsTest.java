package org.tallystick.party;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.codec.Base64Url;
import org.tallystick.node.AtOnce;
import org.tallystick.node.Server;
import org.tallystick.party.TransitionOutcome.Moved;

/** Identifications that come to their end, over a real database. */
class VerificationsTest {
  @TempDir Path keys;
  private BackOffice office;
  private Registered registered;
  private Party party;

  @BeforeEach
  void open() {
    office = new BackOffice(keys);
    // what other tests left goes out of the way
    Server.inTransaction(
        office.entities,
        () ->
            office
                .entities
                .createNativeQuery(
                    "update party set state = 'CLOSED', ended_at = now() where state = 'ACTIVE'")
                .executeUpdate());
    registered = office.apply();
    party = office.active(registered);
  }

  private OffsetDateTime until() {
    return office.party(registered).verifiedUntil().orElseThrow();
  }

  private void toDaysBefore(long days) {
    OffsetDateTime wanted = until().minusDays(days);
    office.clock.advance(Duration.between(office.clock.instant(), wanted.toInstant()));
  }

  private int round() {
    int done = 0;
    for (long id : Server.inTransaction(office.entities, () -> office.verifications.due(500))) {
      if (Server.inTransaction(office.entities, () -> office.verifications.look(id))) {
        done++;
      }
    }
    return done;
  }

  private List<MessageKind> messages() {
    return told().stream().map(PartyMessage::kind).toList();
  }

  private List<PartyMessage> told() {
    return office.messages.of(party, Optional.empty(), 200).items();
  }

  private RegistrationState state() {
    return office.party(registered).state();
  }

  @Test
  void party_isRemindedThreeTimes_andThenLapses() {
    int before = messages().size();
    toDaysBefore(61);
    assertThat(round()).isZero();
    for (int days : new int[] {60, 30, 7}) {
      toDaysBefore(days);
      assertThat(round()).as("%d days before", days).isEqualTo(1);
      assertThat(round()).as("again").isZero();
      assertThat(state()).isEqualTo(RegistrationState.ACTIVE);
    }
    toDaysBefore(0);
    assertThat(round()).isEqualTo(1);
    assertThat(round()).isZero();
    assertThat(state()).isEqualTo(RegistrationState.LAPSED);
    assertThat(state().mayTransact()).isFalse();
    assertThat(messages().subList(before, messages().size()))
        .containsExactly(
            MessageKind.VERIFICATION_DUE,
            MessageKind.VERIFICATION_DUE,
            MessageKind.VERIFICATION_DUE,
            MessageKind.REGISTRATION);
    PartyMessage last = told().get(messages().size() - 1);
    assertThat(last.parameters()).containsExactly(Map.entry("state", "LAPSED"));
    PartyMessage reminder = told().get(before);
    assertThat(reminder.parameters())
        .containsExactly(Map.entry("until", until().toInstant().toString()));
  }

  /** A bank that was down for weeks sends one reminder, not all that it missed. */
  @Test
  void missedReminders_areSentOnce() {
    int before = messages().size();
    toDaysBefore(20);
    assertThat(round()).isEqualTo(1);
    assertThat(round()).isZero();
    assertThat(Server.inTransaction(office.entities, () -> office.verifications.look(party.id())))
        .as("a round that overlapped and comes late")
        .isFalse();
    assertThat(messages()).hasSize(before + 1);
    toDaysBefore(7);
    assertThat(round()).isEqualTo(1);
  }

  @Test
  void severalRoundsAtOnce_letLapseOnce() throws Exception {
    toDaysBefore(0);
    Duration moved = Duration.between(new BackOffice(keys).clock.instant(), office.clock.instant());
    List<Boolean> outcomes =
        AtOnce.run(
            3,
            i -> {
              BackOffice node = new BackOffice(keys);
              node.clock.advance(moved);
              return () ->
                  Server.inTransaction(node.entities, () -> node.verifications.look(party.id()));
            });
    assertThat(outcomes).containsOnlyOnce(true);
    assertThat(state()).isEqualTo(RegistrationState.LAPSED);
  }

  @Test
  void identification_renewedInTime_holdsAnew_andNothingStops() {
    toDaysBefore(30);
    round();
    office.said(office.party(registered), office.person());
    Party asking = office.party(registered);
    assertThat(Server.inTransaction(office.entities, () -> office.submissions.submit(asking)))
        .isEqualTo(new Moved(RegistrationState.ACTIVE));
    OffsetDateTime before = until();
    assertThat(office.approve(registered)).isEqualTo(new Moved(RegistrationState.ACTIVE));
    assertThat(until()).isAfter(before.plusMonths(20));
    assertThat(messages()).endsWith(MessageKind.VERIFICATION_RENEWED);
    List<PartyTransition> lines =
        Server.inTransaction(
                office.entities,
                () -> office.dossiers.transitions(BackOffice.AUDITOR, registered.registration()))
            .orElseThrow();
    PartyTransition last = lines.get(lines.size() - 1);
    assertThat(last.from()).isEqualTo(RegistrationState.ACTIVE);
    assertThat(last.to()).isEqualTo(RegistrationState.ACTIVE);
    assertThat(last.proposedBy()).hasValue("clerk");
    assertThat(round()).isZero();
  }

  /** What was said anew voids the word of whoever had proposed before. */
  @Test
  void renewal_saidAnewBehindAProposal_wantsTwoPeopleAgain() {
    office.said(office.party(registered), office.person());
    Party asking = office.party(registered);
    Server.inTransaction(office.entities, () -> office.submissions.submit(asking));
    office.approve(BackOffice.CLERK, registered, "papers seen");
    office.said(office.party(registered), office.person());
    assertThat(office.approve(BackOffice.APPROVER, registered, "agreed"))
        .as("only a draft is there")
        .isEqualTo(new Moved(RegistrationState.ACTIVE));
    Server.inTransaction(office.entities, () -> office.submissions.submit(asking));
    assertThat(office.approve(BackOffice.APPROVER, registered, "agreed"))
        .isInstanceOf(TransitionOutcome.Proposed.class);
  }

  /** Who submitted in time waits for the bank, and need not say it all again. */
  @Test
  void identification_thatLapsesWhileTheBankLooksAtIt_isReviewedOn() {
    office.said(office.party(registered), office.person());
    Party asking = office.party(registered);
    Server.inTransaction(office.entities, () -> office.submissions.submit(asking));
    toDaysBefore(0);
    assertThat(round()).isEqualTo(1);
    assertThat(state()).isEqualTo(RegistrationState.REVIEW);
    assertThat(office.approve(registered)).isEqualTo(new Moved(RegistrationState.ACTIVE));
  }

  @Test
  void approverWhoReactivates_givesANewTerm() {
    toDaysBefore(0);
    round();
    assertThat(office.move(registered, RegistrationState.ACTIVE))
        .isEqualTo(new Moved(RegistrationState.ACTIVE));
    assertThat(until()).isAfter(OffsetDateTime.now(office.clock).plusMonths(23));
    assertThat(round()).isZero();
  }

  private DueVerificationPage due(Optional<String> after, int limit) {
    return Server.inTransaction(
        office.entities, () -> office.dueVerifications.page(BackOffice.CLERK, after, limit));
  }

  private Optional<DueVerificationPage.Line> shown() {
    String wanted = registered.registration();
    Optional<String> after = Optional.empty();
    while (true) {
      DueVerificationPage page = due(after, 200);
      Optional<DueVerificationPage.Line> found =
          page.registrations().stream()
              .filter(line -> line.registration().equals(wanted))
              .findFirst();
      after = Optional.ofNullable(page.next());
      if (found.isPresent() || after.isEmpty()) {
        return found;
      }
    }
  }

  @Test
  void dueList_showsFromTheFirstReminderOn_andWhatIsOverdue() {
    toDaysBefore(61);
    assertThat(shown()).isEmpty();
    toDaysBefore(60);
    DueVerificationPage.Line soon = shown().orElseThrow();
    assertThat(soon.overdue()).isFalse();
    assertThat(soon.state()).isEqualTo(RegistrationState.ACTIVE);
    assertThat(soon.verifiedUntil()).isEqualTo(until());
    toDaysBefore(0);
    assertThat(shown().orElseThrow().overdue()).as("before the round comes").isTrue();
    round();
    assertThat(shown().orElseThrow().state()).isEqualTo(RegistrationState.LAPSED);
  }

  @Test
  void dueList_inPagesOfOne_showsEachOnceThoughOneIsRenewedMeanwhile() {
    office.active(office.apply());
    office.active(office.apply());
    toDaysBefore(7);
    List<String> all =
        due(Optional.empty(), 200).registrations().stream()
            .map(DueVerificationPage.Line::registration)
            .toList();
    assertThat(all).hasSizeGreaterThanOrEqualTo(3);
    DueVerificationPage first = due(Optional.empty(), 1);
    assertThat(first.registrations()).extracting("registration").containsExactly(all.get(0));
    Server.inTransaction(
        office.entities,
        () ->
            office
                .entities
                .createNativeQuery(
                    "update party set verified_until = verified_until + interval '2 years'"
                        + " where registration = ?1")
                .setParameter(1, Base64Url.decode(all.get(0)))
                .executeUpdate());
    DueVerificationPage second = due(Optional.ofNullable(first.next()), 1);
    assertThat(second.registrations()).extracting("registration").containsExactly(all.get(1));
  }
}

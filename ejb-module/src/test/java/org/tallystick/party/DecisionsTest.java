package org.tallystick.party;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tallystick.node.AtOnce;
import org.tallystick.node.Server;
import org.tallystick.party.TransitionOutcome.ApproverNeeded;
import org.tallystick.party.TransitionOutcome.Moved;
import org.tallystick.party.TransitionOutcome.NotPermitted;
import org.tallystick.party.TransitionOutcome.Obstructed;
import org.tallystick.party.TransitionOutcome.Proposed;
import org.tallystick.party.TransitionOutcome.SecondPersonNeeded;
import org.tallystick.party.TransitionOutcome.Unknown;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;

/** Decisions on registrations over a real database. */
class DecisionsTest {
  @TempDir Path keys;
  private BackOffice office;

  @BeforeEach
  void open() {
    office = new BackOffice(keys);
  }

  private Registered inReview() {
    Registered registered = office.apply();
    office.submitted(registered);
    return registered;
  }

  private List<PartyTransition> lines(Registered registered) {
    return office
        .entities
        .createNamedQuery("PartyTransition.ofParty", PartyTransition.class)
        .setParameter("party", office.party(registered).id())
        .getResultList();
  }

  private long accounts(Registered registered) {
    return Server.inTransaction(
        office.entities, () -> (long) office.ledger.deposits(office.party(registered).id()).size());
  }

  private RegistrationState state(Registered registered) {
    return office.party(registered).state();
  }

  @Test
  void wholeWay_leavesALineForEachStep_andOpensAnAccountAtApproval() {
    Registered registered = office.apply();
    office.submitted(registered);
    assertThat(accounts(registered)).isZero();
    assertThat(office.approve(BackOffice.CLERK, registered, "papers seen"))
        .isEqualTo(new Proposed(RegistrationState.REVIEW, "clerk"));
    assertThat(state(registered)).isEqualTo(RegistrationState.REVIEW);
    assertThat(accounts(registered)).isZero();
    assertThat(office.approve(BackOffice.APPROVER, registered, "agreed"))
        .isEqualTo(new Moved(RegistrationState.APPROVED));
    assertThat(accounts(registered)).isEqualTo(1);
    office.signed(office.party(registered));

    assertThat(lines(registered))
        .extracting(
            PartyTransition::from,
            PartyTransition::to,
            PartyTransition::actor,
            line -> line.proposedBy().orElse("-"))
        .containsExactly(
            tuple(RegistrationState.APPLIED, RegistrationState.SCREENING, "party:itself", "-"),
            tuple(RegistrationState.SCREENING, RegistrationState.REVIEW, "system:screening", "-"),
            tuple(RegistrationState.REVIEW, RegistrationState.APPROVED, "approver", "clerk"),
            tuple(
                RegistrationState.APPROVED,
                RegistrationState.ACTIVE,
                "device:AAAAAAAAAAAAAAAAAAAAAA",
                "-"));
    assertThat(lines(registered)).extracting(PartyTransition::reason).contains("agreed");
  }

  @Test
  void samePerson_cannotConfirm_evenWithAnotherRoleSince() {
    Registered registered = inReview();
    office.approve(BackOffice.CLERK, registered, "papers seen");
    for (Set<Role> roles : List.of(Set.of(Role.CLERK, Role.APPROVER), Set.of(Role.APPROVER))) {
      assertThat(office.approve(new Actor("clerk", roles), registered, "agreed"))
          .isEqualTo(new SecondPersonNeeded());
    }
    assertThat(state(registered)).isEqualTo(RegistrationState.REVIEW);
    assertThat(office.approve(BackOffice.APPROVER, registered, "agreed"))
        .isEqualTo(new Moved(RegistrationState.APPROVED));
  }

  @Test
  void approverAlone_proposesOnly_andIsRefusedTheSecondTime() {
    Registered registered = inReview();
    assertThat(office.approve(BackOffice.APPROVER, registered, "agreed"))
        .isEqualTo(new Proposed(RegistrationState.REVIEW, "approver"));
    assertThat(office.approve(BackOffice.APPROVER, registered, "agreed"))
        .isEqualTo(new SecondPersonNeeded());
    assertThat(office.approve(BackOffice.CLERK, registered, "seen"))
        .as("a clerk cannot confirm, and hears whose proposal it is")
        .isEqualTo(new ApproverNeeded("approver"));
    assertThat(state(registered)).isEqualTo(RegistrationState.REVIEW);
  }

  @Test
  void clerks_howeverMany_approveNothing() {
    Registered registered = inReview();
    for (String name : List.of("clerk", "clerk")) {
      assertThat(office.approve(new Actor(name, Set.of(Role.CLERK)), registered, "seen"))
          .isEqualTo(new Proposed(RegistrationState.REVIEW, "clerk"));
    }
    assertThat(office.approve(new Actor("other clerk", Set.of(Role.CLERK)), registered, "seen"))
        .isEqualTo(new ApproverNeeded("clerk"));
    assertThat(state(registered)).isEqualTo(RegistrationState.REVIEW);
  }

  @Test
  void twoApproversAtOnce_oneApproves_theOtherHearsTheSame() throws Exception {
    for (int round = 0; round < 5; round++) {
      Registered registered = inReview();
      office.approve(BackOffice.CLERK, registered, "papers seen");
      List<TransitionOutcome> outcomes =
          AtOnce.run(
              4,
              i -> {
                BackOffice node = new BackOffice(keys);
                Actor approver = new Actor("approver " + i, Set.of(Role.APPROVER));
                return () -> node.approve(approver, registered, "agreed");
              });
      assertThat(outcomes).containsOnly(new Moved(RegistrationState.APPROVED));
      assertThat(lines(registered)).hasSize(3);
      assertThat(accounts(registered)).isEqualTo(1);
    }
  }

  /** Whichever comes first: a refusal and an approval at one moment never both count. */
  @Test
  void approvalAndRefusalAtOnce_endInOneState() throws Exception {
    for (int round = 0; round < 5; round++) {
      Registered registered = inReview();
      office.approve(BackOffice.CLERK, registered, "papers seen");
      List<TransitionOutcome> outcomes =
          AtOnce.run(
              2,
              i -> {
                BackOffice node = new BackOffice(keys);
                return () ->
                    i == 0
                        ? node.approve(BackOffice.APPROVER, registered, "agreed")
                        : node.move(registered, RegistrationState.REFUSED);
              });
      assertThat(outcomes).hasAtLeastOneElementOfType(Moved.class);
      assertThat(outcomes).hasAtLeastOneElementOfType(NotPermitted.class);
      assertThat(lines(registered)).hasSize(3);
    }
  }

  @Test
  void refusal_endsTheProposal_andIsFinal() {
    Registered registered = inReview();
    office.approve(BackOffice.CLERK, registered, "papers seen");
    assertThat(office.move(registered, RegistrationState.REFUSED))
        .isEqualTo(new Moved(RegistrationState.REFUSED));
    assertThat(office.approve(BackOffice.APPROVER, registered, "agreed"))
        .isInstanceOf(NotPermitted.class);
    assertThat(open(registered)).isZero();
  }

  private long open(Registered registered) {
    return office
        .entities
        .createNamedQuery("ApprovalProposal.open", ApprovalProposal.class)
        .setParameter("party", office.party(registered).id())
        .getResultStream()
        .count();
  }

  @Test
  void approval_ofWhatWasNotSubmitted_isNotPermitted() {
    Registered registered = office.apply();
    assertThat(office.approve(BackOffice.CLERK, registered, "why"))
        .isEqualTo(new NotPermitted(RegistrationState.APPLIED, RegistrationState.APPROVED));
    assertThat(office.approve(BackOffice.CLERK, new Registered("AAAA", ""), "why"))
        .isEqualTo(new Unknown());
    assertThat(office.move(new Registered("!", ""), RegistrationState.CLOSED))
        .isEqualTo(new Unknown());
  }

  /** What follows from something done is not moved to by hand. */
  @ParameterizedTest
  @EnumSource(
      value = RegistrationState.class,
      names = {"SCREENING", "REVIEW", "APPROVED", "ACTIVE", "APPLIED"})
  void stateThatFollows_isNotReachedByHand(RegistrationState next) {
    Registered applied = office.apply();
    assertThat(office.move(applied, next)).isInstanceOf(NotPermitted.class);
    Registered reviewed = inReview();
    assertThat(office.move(reviewed, next)).isInstanceOf(NotPermitted.class);
    Registered approved = office.apply();
    office.approved(approved);
    assertThat(office.move(approved, next)).isInstanceOf(NotPermitted.class);
    assertThat(state(approved)).isEqualTo(RegistrationState.APPROVED);
  }

  @ParameterizedTest
  @EnumSource
  void screening_thatStandsAgainstIt_stopsProposalConfirmationAndReturn(
      ScreeningGate.Obstacle obstacle) {
    Registered registered = inReview();
    office.obstacle = obstacle;
    assertThat(office.approve(BackOffice.CLERK, registered, "seen"))
        .isEqualTo(new Obstructed(obstacle));
    office.obstacle = null;
    office.approve(BackOffice.CLERK, registered, "seen");
    office.obstacle = obstacle;
    assertThat(office.approve(BackOffice.APPROVER, registered, "agreed"))
        .isEqualTo(new Obstructed(obstacle));
    assertThat(state(registered)).isEqualTo(RegistrationState.REVIEW);

    office.obstacle = null;
    office.approve(BackOffice.APPROVER, registered, "agreed");
    office.signed(office.party(registered));
    office.move(registered, RegistrationState.SUSPENDED);
    office.obstacle = obstacle;
    assertThat(office.move(registered, RegistrationState.ACTIVE))
        .isEqualTo(new Obstructed(obstacle));
    assertThat(office.move(registered, RegistrationState.CLOSED))
        .isEqualTo(new Moved(RegistrationState.CLOSED));
  }

  @Test
  void approval_saysHowLongItHolds() {
    Party person = office.approved(office.apply());
    OffsetDateTime now = OffsetDateTime.now(office.clock);
    assertThat(person.verifiedUntil().orElseThrow().toInstant())
        .isEqualTo(now.plusMonths(24).toInstant());
    assertThat(person.verificationDueAt().orElseThrow().toInstant())
        .isEqualTo(now.plusMonths(24).minusDays(60).toInstant());
  }

  /** A party that comes back has signed before: it need not enrol a first device again. */
  @Test
  void lapsedParty_afterASecondReview_isActiveAtOnce() {
    Registered registered = office.apply();
    office.active(registered);
    office.move(registered, RegistrationState.LAPSED);
    office.submitted(registered);
    office.approve(BackOffice.CLERK, registered, "papers seen");
    assertThat(office.approve(BackOffice.APPROVER, registered, "agreed"))
        .isEqualTo(new Moved(RegistrationState.ACTIVE));
    assertThat(accounts(registered)).isEqualTo(1);
    assertThat(lines(registered))
        .extracting(PartyTransition::to)
        .endsWith(
            RegistrationState.LAPSED,
            RegistrationState.REVIEW,
            RegistrationState.APPROVED,
            RegistrationState.ACTIVE);
  }
}

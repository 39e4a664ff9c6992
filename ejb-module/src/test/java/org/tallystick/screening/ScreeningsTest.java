package org.tallystick.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.node.AtOnce;
import org.tallystick.node.Server;
import org.tallystick.party.Application;
import org.tallystick.party.BackOffice;
import org.tallystick.party.Party;
import org.tallystick.party.PartyKind;
import org.tallystick.party.PartyRole;
import org.tallystick.party.PartyTransition;
import org.tallystick.party.Registered;
import org.tallystick.party.RegistrationState;
import org.tallystick.party.ScreeningGate.Obstacle;
import org.tallystick.party.TransitionOutcome.Moved;
import org.tallystick.party.TransitionOutcome.Obstructed;
import org.tallystick.party.TransitionOutcome.Proposed;
import org.tallystick.screening.DecisionOutcome.Changed;
import org.tallystick.screening.DecisionOutcome.Decided;
import org.tallystick.screening.DecisionOutcome.Gone;
import org.tallystick.staff.NotPermittedException;

/** Parties against lists, over a real database. */
class ScreeningsTest {
  private static final byte[] STRANGERS = SampleList.of("Tarvolenko Mikhail", "Zhuo Wenqing");
  private static final byte[] WITH_ADA =
      SampleList.of("Tarvolenko Mikhail", "Zhuo Wenqing", "Ada Byron");

  @TempDir Path keys;
  private Desk desk;
  private BackOffice office;

  @BeforeEach
  void open() {
    desk = new Desk(keys);
    office = desk.office;
    Desk.empty(desk.entities);
  }

  private Registered submitted() {
    Registered registered = office.apply();
    office.submitted(registered);
    return registered;
  }

  private RegistrationState state(Registered registered) {
    return office.party(registered).state();
  }

  private void loaded(byte[] list) {
    assertThat(desk.load(list)).isInstanceOf(LoadOutcome.Loaded.class);
    desk.build();
  }

  private Obstructed obstructed(Obstacle obstacle) {
    return new Obstructed(obstacle);
  }

  @Test
  void withoutAnyList_nobodyIsScreened_andNobodyApproved() {
    desk.build();
    Registered registered = submitted();
    assertThat(state(registered)).isEqualTo(RegistrationState.SCREENING);
    assertThat(Server.inTransaction(desk.entities, desk.stage::ready)).isFalse();
    assertThat(desk.round(10)).isZero();
    assertThat(state(registered)).isEqualTo(RegistrationState.SCREENING);
    long id = office.party(registered).id();
    assertThat(Server.inTransaction(desk.entities, () -> desk.screenings.obstacle(id)))
        .hasValue(Obstacle.NO_LIST);
    ScreeningOverview overview =
        Server.inTransaction(desk.entities, () -> desk.overviews.now(BackOffice.AUDITOR));
    assertThat(overview.possible()).isFalse();
    assertThat(overview.waiting()).isEqualTo(1);
  }

  @Test
  void listWithoutItsEngine_screensNobody_untilItIsBuilt() {
    desk.load(STRANGERS);
    Registered registered = submitted();
    assertThat(desk.round(10)).isZero();
    assertThat(state(registered)).isEqualTo(RegistrationState.SCREENING);
    desk.build();
    assertThat(desk.round(10)).isEqualTo(1);
    assertThat(state(registered)).isEqualTo(RegistrationState.REVIEW);
    assertThat(office.approve(registered)).isEqualTo(new Moved(RegistrationState.APPROVED));
    List<PartyTransition> lines =
        desk.entities
            .createNamedQuery("PartyTransition.ofParty", PartyTransition.class)
            .setParameter("party", office.party(registered).id())
            .getResultList();
    assertThat(lines)
        .extracting(PartyTransition::actor)
        .containsExactly("party:itself", "system:screening", "approver");
  }

  @Test
  void partyThatIsNotListed_isReviewedAtOnce_whereTheEngineIsReady() {
    loaded(STRANGERS);
    Registered registered = submitted();
    assertThat(state(registered)).isEqualTo(RegistrationState.REVIEW);
    assertThat(desk.open()).isEmpty();
    assertThat(office.approve(registered)).isEqualTo(new Moved(RegistrationState.APPROVED));
  }

  @Test
  void hit_standsAgainstApproval_untilAClerkSaysThatItIsAnother() {
    loaded(WITH_ADA);
    Registered registered = submitted();
    assertThat(office.approve(BackOffice.CLERK, registered, "seen"))
        .isEqualTo(obstructed(Obstacle.OPEN_HITS));
    HitSummary hit = desk.open().get(0);
    assertThat(desk.open()).hasSize(1);
    assertThat(hit.registration()).isEqualTo(registered.registration());
    assertThat(hit.score()).isBetween(Screener.THRESHOLD, 1.0);
    OpenedHit opened = desk.opened(BackOffice.CLERK, hit.hit()).orElseThrow();
    assertThat(opened.finding().name()).isEqualTo("Ada Byron");
    assertThat(opened.finding().listedName()).isEqualTo("ADA BYRON");
    assertThat(opened.finding().explanation()).isNotEmpty();
    assertThat(desk.decide(BackOffice.CLERK, hit.hit(), HitState.FALSE_POSITIVE))
        .isEqualTo(new Decided(HitState.FALSE_POSITIVE, RegistrationState.REVIEW));
    assertThat(office.approve(registered)).isEqualTo(new Moved(RegistrationState.APPROVED));
    assertThat(desk.opened(BackOffice.CLERK, hit.hit()).orElseThrow().decisions())
        .extracting(DecisionLine::actor, DecisionLine::note)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("clerk", "born elsewhere"));
  }

  @Test
  void falsePositive_staysMarked_untilTheEntryChanges() {
    loaded(WITH_ADA);
    Registered registered = submitted();
    String hit = desk.open().get(0).hit();
    desk.decide(BackOffice.CLERK, hit, HitState.FALSE_POSITIVE);
    loaded(SampleList.of("Tarvolenko Mikhail", "Zhuo Wenqing", "Ada Byron", "Pak Yonggil"));
    desk.round(10);
    assertThat(desk.open()).as("another entry came").isEmpty();
    loaded(
        SampleList.remarked(
            "born 1815", "Tarvolenko Mikhail", "Zhuo Wenqing", "Ada Byron", "Pak Yonggil"));
    desk.round(10);
    assertThat(desk.open()).extracting(HitSummary::hit).containsExactly(hit);
    assertThat(office.approve(BackOffice.CLERK, registered, "seen"))
        .isEqualTo(obstructed(Obstacle.OPEN_HITS));
    assertThat(desk.opened(BackOffice.CLERK, hit).orElseThrow().decisions())
        .extracting(DecisionLine::decision, DecisionLine::actor)
        .endsWith(org.assertj.core.groups.Tuple.tuple(HitState.OPEN, "system:screening"));
  }

  /** Off the list and on again as it was: the mark holds. */
  @Test
  void falsePositive_whoseEntryComesBackUnchanged_staysMarked() {
    loaded(WITH_ADA);
    Registered registered = submitted();
    desk.decide(BackOffice.CLERK, desk.open().get(0).hit(), HitState.FALSE_POSITIVE);
    desk.load(BackOffice.APPROVER, STRANGERS, "one was taken off");
    desk.build();
    desk.round(10);
    assertThat(desk.inState(BackOffice.CLERK, HitState.FALSE_POSITIVE)).isEmpty();
    loaded(WITH_ADA);
    desk.round(10);
    assertThat(desk.open()).isEmpty();
    assertThat(office.approve(registered)).isEqualTo(new Moved(RegistrationState.APPROVED));
  }

  @Test
  void falsePositive_ofAPartyThatSaysSomethingElse_isOpenAgain() {
    loaded(WITH_ADA);
    Registered registered = submitted();
    String hit = desk.open().get(0).hit();
    desk.decide(BackOffice.CLERK, hit, HitState.FALSE_POSITIVE);
    office.approve(registered);
    Party party = office.signed(office.party(registered));
    office.clock.advance(java.time.Duration.ofDays(400));
    office.said(party, office.person());
    assertThat(Server.inTransaction(office.entities, () -> office.submissions.submit(party)))
        .isEqualTo(new Moved(RegistrationState.ACTIVE));
    assertThat(desk.open()).as("born on another day").extracting(HitSummary::hit).contains(hit);
    assertThat(office.approve(BackOffice.CLERK, registered, "renewed"))
        .isEqualTo(obstructed(Obstacle.OPEN_HITS));
  }

  /** Progress is in the rows, so another node goes on where one has stopped. */
  @Test
  void newList_screensEverybodyAgain_alsoAcrossARestart() {
    loaded(STRANGERS);
    List<Registered> parties = List.of(submitted(), submitted(), submitted());
    office.approve(parties.get(0));
    office.signed(office.party(parties.get(0)));
    loaded(WITH_ADA);
    assertThat(office.approve(BackOffice.CLERK, parties.get(1), "seen"))
        .isEqualTo(obstructed(Obstacle.NOT_SCREENED));
    assertThat(desk.round(1)).isEqualTo(1);
    assertThat(desk.open()).hasSize(1);

    Desk restarted = new Desk(keys);
    assertThat(restarted.round(10)).as("its engine is not built").isZero();
    restarted.build();
    assertThat(restarted.round(10)).isEqualTo(2);
    assertThat(restarted.round(10)).isZero();
    assertThat(restarted.open()).hasSize(3);
    assertThat(state(parties.get(0))).as("stays active").isEqualTo(RegistrationState.ACTIVE);
    assertThat(state(parties.get(1))).isEqualTo(RegistrationState.REVIEW);
  }

  @Test
  void newerEngine_screensEverybodyAgain_andAnOlderNodeScreensNobody() {
    loaded(STRANGERS);
    submitted();
    assertThat(desk.round(10)).isZero();
    Server.inTransaction(
        desk.entities,
        () -> {
          desk.editions.target(Engine.VERSION + 1);
          return true;
        });
    desk.build();
    assertThat(Server.inTransaction(desk.entities, desk.stage::ready)).isFalse();
    assertThat(Server.inTransaction(desk.entities, () -> desk.stage.due(10))).hasSize(1);
  }

  @Test
  void severalNodesAtOnce_screenEachPartyOnce() throws Exception {
    loaded(STRANGERS);
    for (int i = 0; i < 6; i++) {
      submitted();
    }
    loaded(WITH_ADA);
    List<Integer> done =
        AtOnce.run(
            3,
            i -> {
              Desk node = new Desk(keys);
              node.build();
              return () -> node.round(10);
            });
    assertThat(desk.open()).hasSize(6);
    assertThat(desk.round(10)).isZero();
    assertThat(done.stream().mapToInt(Integer::intValue).sum()).isGreaterThanOrEqualTo(6);
  }

  @Test
  void namesOfOwnersRepresentativesAndThePublicName_areScreened() {
    loaded(
        SampleList.of("Charles Babbage", "Joseph Clement", "Difference Engines", "Zhuo Wenqing"));
    Registered registered =
        (Registered)
            office.register(
                new Application(
                    PartyKind.ORGANISATION,
                    PartyRole.PROVIDER,
                    "Analytical Engines",
                    "Difference Engines",
                    "London",
                    null));
    office.submitted(registered);
    assertThat(desk.open())
        .extracting(hit -> desk.opened(BackOffice.CLERK, hit.hit()).orElseThrow().finding().part())
        .containsExactlyInAnyOrder("OWNER 1", "REPRESENTATIVE 1", "PUBLIC_NAME");
  }

  /** A name that cannot be compared is for a clerk to look at, never clean. */
  @Test
  void nameThatCannotBeCompared_isAHit() {
    loaded(STRANGERS);
    Registered registered =
        (Registered)
            office.register(
                new Application(PartyKind.ORGANISATION, PartyRole.USER, "Corp", null, null, null));
    office.submitted(registered);
    HitSummary hit = desk.open().get(0);
    assertThat(hit.list()).isEqualTo(Finding.NO_LIST);
    Finding finding = desk.opened(BackOffice.CLERK, hit.hit()).orElseThrow().finding();
    assertThat(finding.obstacle()).isEqualTo(org.tallystick.screening.Obstacle.LEGAL_FORM_ALONE);
    desk.decide(BackOffice.CLERK, hit.hit(), HitState.FALSE_POSITIVE);
    assertThat(office.approve(BackOffice.CLERK, registered, "seen")).isInstanceOf(Proposed.class);
  }

  @Test
  void trueMatch_isConfirmedByAnApprover_whoSuspendsAnActiveParty() {
    loaded(STRANGERS);
    Registered registered = submitted();
    office.approve(registered);
    office.signed(office.party(registered));
    loaded(WITH_ADA);
    desk.round(10);
    String hit = desk.open().get(0).hit();
    assertThat(desk.decide(BackOffice.CLERK, hit, HitState.TRUE_MATCH))
        .isEqualTo(new Decided(HitState.TRUE_MATCH, RegistrationState.ACTIVE));
    assertThatThrownBy(() -> desk.decide(BackOffice.CLERK, hit, HitState.FALSE_POSITIVE))
        .isInstanceOf(NotPermittedException.class);
    assertThat(desk.decide(BackOffice.APPROVER, hit, HitState.TRUE_MATCH))
        .isEqualTo(new Decided(HitState.TRUE_MATCH, RegistrationState.SUSPENDED));
    assertThat(office.move(registered, RegistrationState.ACTIVE))
        .isEqualTo(obstructed(Obstacle.OPEN_HITS));
    desk.decide(BackOffice.APPROVER, hit, HitState.FALSE_POSITIVE);
    assertThat(office.move(registered, RegistrationState.ACTIVE))
        .isEqualTo(new Moved(RegistrationState.ACTIVE));
  }

  @Test
  void decision_onAHitThatChangedSinceItWasRead_isNotTaken() {
    loaded(WITH_ADA);
    submitted();
    String hit = desk.open().get(0).hit();
    int read = desk.opened(BackOffice.CLERK, hit).orElseThrow().version();
    loaded(SampleList.remarked("born 1815", "Tarvolenko Mikhail", "Zhuo Wenqing", "Ada Byron"));
    desk.round(10);
    assertThat(
            desk.decide(BackOffice.CLERK, hit, HitState.FALSE_POSITIVE, version -> version == read))
        .isEqualTo(new Changed());
    desk.load(BackOffice.APPROVER, STRANGERS, "taken off");
    desk.build();
    desk.round(10);
    assertThat(desk.decide(BackOffice.CLERK, hit, HitState.FALSE_POSITIVE)).isEqualTo(new Gone());
  }

  @Test
  void partyThatIsClosed_isScreenedNoMore() {
    loaded(STRANGERS);
    Registered registered = submitted();
    office.move(registered, RegistrationState.REFUSED);
    loaded(WITH_ADA);
    assertThat(desk.round(10)).isEqualTo(1);
    assertThat(desk.open()).isEmpty();
    loaded(STRANGERS_AND_MORE);
    assertThat(desk.round(10)).isZero();
  }

  private static final byte[] STRANGERS_AND_MORE =
      SampleList.of("Tarvolenko Mikhail", "Zhuo Wenqing", "Pak Yonggil", "Papadimoulis Alex");

  /** A party that lapsed and says anew who it is goes to review only once it is screened. */
  @Test
  void lapsedParty_goesToReviewOnceItIsScreened() {
    loaded(STRANGERS);
    Registered registered = submitted();
    office.approve(registered);
    office.signed(office.party(registered));
    office.move(registered, RegistrationState.LAPSED);
    desk.load(WITH_ADA);
    office.submitted(registered);
    assertThat(state(registered)).isEqualTo(RegistrationState.LAPSED);
    desk.build();
    assertThat(desk.round(10)).isEqualTo(1);
    assertThat(state(registered)).isEqualTo(RegistrationState.REVIEW);
    assertThat(desk.open()).hasSize(1);
  }
}

package org.tallystick.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;
import org.tallystick.party.Registered;
import org.tallystick.party.TransitionOutcome.Moved;
import org.tallystick.screening.LoadOutcome.InForce;
import org.tallystick.screening.LoadOutcome.Loaded;
import org.tallystick.screening.LoadOutcome.Refused;
import org.tallystick.screening.LoadOutcome.Shrunk;
import org.tallystick.screening.RetirementOutcome.Going;
import org.tallystick.screening.RetirementOutcome.SecondPersonNeeded;
import org.tallystick.screening.RetirementOutcome.State;
import org.tallystick.screening.RetirementOutcome.Stays;
import org.tallystick.screening.RetirementOutcome.Unknown;
import org.tallystick.screening.list.ListFormat;
import org.tallystick.staff.Actor;
import org.tallystick.staff.NotPermittedException;
import org.tallystick.staff.Role;

/** Lists of the bank's own, and how they are taken out of force, over a real database. */
class OwnListsTest {
  private static final Actor OTHER_APPROVER = new Actor("approver-2", Set.of(Role.APPROVER));

  @TempDir Path keys;
  private Desk desk;
  private Registered registered;

  @BeforeEach
  void open() {
    desk = new Desk(keys);
    Desk.empty(desk.entities);
    desk.load(SampleList.of("Tarvolenko Mikhail", "Zhuo Wenqing"));
    assertThat(own("A-1,PERSON,Ada Byron,,,,,")).isInstanceOf(Loaded.class);
    desk.build();
    registered = desk.office.apply();
    desk.office.submitted(registered);
  }

  private LoadOutcome own(String row) {
    return own("OWN", row);
  }

  private LoadOutcome own(String list, String row) {
    return desk.load(
        list,
        ListFormat.OWN_CSV,
        ("reference,kind,name,aliases,weak_aliases,birth_dates,country,note\n" + row + "\n")
            .getBytes(StandardCharsets.UTF_8));
  }

  private String inForce() {
    return String.join(
        ",",
        Server.inTransaction(desk.entities, desk.editions::inForce).stream()
            .map(ScreeningEdition::list)
            .toList());
  }

  @Test
  void listOfTheBanksOwn_isScreenedAgainst() {
    assertThat(desk.open())
        .extracting(HitSummary::list, HitSummary::entity)
        .containsExactly(Tuple.tuple("OWN", "A-1"));
    assertThat(own("A-2,PERSON,=cmd,,,,,"))
        .isEqualTo(new Refused("own.csv, line 2: a field begins with = + - or @, as a formula"));
    assertThat(inForce()).isEqualTo("OWN,UN");
  }

  /** As many entries as before, and most of the names under which they are known gone. */
  @Test
  void listThatLostItsAliases_isAnApproversToLoad() {
    own("A-1,PERSON,Ada Byron,Ada One;Ada Two;Ada Three;Ada Four,,,,");
    assertThat(own("A-1,PERSON,Ada Byron,Ada One,,,,")).isEqualTo(new Shrunk(5, 2));
  }

  @Test
  void eleventhList_isRefused_untilOneIsTakenOutOfForce() {
    for (int i = 3; i <= Editions.MOST_LISTS; i++) {
      assertThat(own("OWN-" + i, "A-1,PERSON,Ada Byron,,,,,")).isInstanceOf(Loaded.class);
    }
    assertThat(own("OWN-11", "A-1,PERSON,Ada Byron,,,,,"))
        .isEqualTo(new Refused("the bank has 10 lists, which is the most"));
    assertThat(own("OWN-3", "A-2,PERSON,Ada Byron,,,,,")).as("anew").isInstanceOf(Loaded.class);
    desk.retire(BackOffice.APPROVER, "OWN");
    desk.retire(OTHER_APPROVER, "OWN");
    assertThat(own("OWN-11", "A-1,PERSON,Ada Byron,,,,,")).isInstanceOf(Loaded.class);
  }

  @Test
  void twoPeople_takeItOutOfForce_andEverybodyIsScreenedAgain() {
    assertThat(desk.retire(Desk.ADMINISTRATOR, "OWN"))
        .isEqualTo(new Going("OWN", State.PROPOSED, "admin"));
    assertThat(inForce()).isEqualTo("OWN,UN");
    assertThat(desk.retire(Desk.ADMINISTRATOR, "OWN")).isEqualTo(new SecondPersonNeeded("admin"));
    assertThat(desk.open()).hasSize(1);

    assertThat(desk.retire(BackOffice.APPROVER, "OWN"))
        .isEqualTo(new Going("OWN", State.RETIRED, "admin"));
    assertThat(inForce()).isEqualTo("UN");
    assertThat(desk.round(10)).as("not before the engine is built anew").isZero();
    desk.build();
    assertThat(desk.round(10)).isEqualTo(1);
    assertThat(desk.open()).isEmpty();
    assertThat(desk.office.approve(registered)).isInstanceOf(Moved.class);
    assertThat(
            Server.inTransaction(desk.entities, () -> desk.overviews.now(BackOffice.AUDITOR))
                .standing())
        .extracting(ListStanding::list)
        .containsExactly("UN");
    assertThat(desk.retire(BackOffice.APPROVER, "OWN")).isInstanceOf(Unknown.class);
  }

  @Test
  void listThatWasTakenOutOfForce_canBeLoadedAgain_theSameBytesToo() {
    desk.retire(BackOffice.APPROVER, "OWN");
    desk.retire(OTHER_APPROVER, "OWN");
    assertThat(inForce()).isEqualTo("UN");
    assertThat(own("A-1,PERSON,Ada Byron,,,,,")).isInstanceOf(Loaded.class);
    assertThat(inForce()).isEqualTo("OWN,UN");
    assertThat(own("A-1,PERSON,Ada Byron,,,,,")).isInstanceOf(InForce.class);
    desk.build();
    assertThat(desk.round(10)).isEqualTo(1);
    assertThat(desk.open()).hasSize(1);
  }

  @Test
  void proposal_isVoid_onceAnotherEditionIsInForce_andAfterSevenDays() {
    desk.retire(Desk.ADMINISTRATOR, "OWN");
    own("A-1,PERSON,Ada Byron,,,,,again");
    assertThat(desk.retire(BackOffice.APPROVER, "OWN"))
        .isEqualTo(new Going("OWN", State.PROPOSED, BackOffice.APPROVER.name()));
    desk.office.clock.advance(Duration.ofDays(7).plusSeconds(1));
    assertThat(desk.retire(OTHER_APPROVER, "OWN"))
        .isEqualTo(new Going("OWN", State.PROPOSED, "approver-2"));
    assertThat(inForce()).isEqualTo("OWN,UN");
  }

  private List<ProposedRetirement> proposed() {
    return Server.inTransaction(desk.entities, () -> desk.overviews.now(BackOffice.AUDITOR))
        .retirements();
  }

  @Test
  void proposal_isOnTheOverview_whileAnApproverMayAgree() {
    assertThat(proposed()).isEmpty();
    desk.retire(Desk.ADMINISTRATOR, "OWN");
    OffsetDateTime at = OffsetDateTime.now(desk.office.clock);
    assertThat(proposed())
        .singleElement()
        .satisfies(
            open -> {
              assertThat(open.list()).isEqualTo("OWN");
              assertThat(open.proposedBy()).isEqualTo("admin");
              assertThat(open.reason()).isEqualTo("nobody is looked for");
              assertThat(open.proposedAt()).isCloseTo(at, within(1, ChronoUnit.MINUTES));
              assertThat(open.expiresAt()).isEqualTo(open.proposedAt().plusDays(7));
            });
    desk.office.clock.advance(Duration.ofDays(7));
    assertThat(proposed()).isEmpty();
    desk.retire(BackOffice.APPROVER, "OWN");
    assertThat(proposed()).extracting(ProposedRetirement::proposedBy).containsExactly("approver");
    own("A-1,PERSON,Ada Byron,,,,,anew");
    assertThat(proposed()).as("of an edition that is in force no more").isEmpty();
  }

  @Test
  void approver_doesNotConfirmItsOwnProposal() {
    desk.retire(BackOffice.APPROVER, "OWN");
    assertThat(desk.retire(BackOffice.APPROVER, "OWN")).isInstanceOf(SecondPersonNeeded.class);
    assertThat(inForce()).isEqualTo("OWN,UN");
  }

  @Test
  void administrator_doesNotApprove() {
    desk.retire(BackOffice.APPROVER, "OWN");
    assertThat(desk.retire(Desk.ADMINISTRATOR, "OWN"))
        .isEqualTo(new SecondPersonNeeded("approver"));
    assertThat(inForce()).isEqualTo("OWN,UN");
  }

  @Test
  void publishedList_andRequiredOne_stay() {
    assertThat(desk.retire(BackOffice.APPROVER, "UN")).isInstanceOf(Stays.class);
    desk.retire(Desk.ADMINISTRATOR, "OWN");
    desk.requires(Map.of("TALLYSTICK_SCREENING_REQUIRED", "OWN"));
    assertThat(desk.retire(BackOffice.APPROVER, "OWN")).isInstanceOf(Stays.class);
    assertThat(desk.retire(BackOffice.APPROVER, "OTHER")).isInstanceOf(Unknown.class);
    assertThat(inForce()).isEqualTo("OWN,UN");
  }

  @Test
  void whoIsNeither_takesNothingOutOfForce() {
    for (Actor other :
        new Actor[] {
          BackOffice.CLERK,
          BackOffice.AUDITOR,
          new Actor("theirs", Set.of(Role.ADMINISTRATOR, Role.APPROVER), 1L)
        }) {
      assertThatThrownBy(() -> desk.retire(other, "OWN")).isInstanceOf(NotPermittedException.class);
    }
  }
}

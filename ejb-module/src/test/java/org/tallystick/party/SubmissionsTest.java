package org.tallystick.party;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.node.AtOnce;
import org.tallystick.node.Server;
import org.tallystick.party.TransitionOutcome.Incomplete;
import org.tallystick.party.TransitionOutcome.Moved;
import org.tallystick.party.TransitionOutcome.NotPermitted;

/** What parties submit, over a real database. */
class SubmissionsTest {
  @TempDir Path keys;
  private BackOffice office;
  private Registered registered;

  @BeforeEach
  void open() {
    office = new BackOffice(keys);
    registered = office.apply();
  }

  private static TransitionOutcome submit(BackOffice node, Registered registered) {
    Party party = node.party(registered);
    return Server.inTransaction(node.entities, () -> node.submissions.submit(party));
  }

  private TransitionOutcome withdraw() {
    Party party = office.party(registered);
    return Server.inTransaction(office.entities, () -> office.submissions.withdraw(party));
  }

  @Test
  void submission_ofNothing_saysWhatIsMissing() {
    assertThat(submit(office, registered))
        .isInstanceOfSatisfying(
            Incomplete.class,
            incomplete ->
                assertThat(incomplete.missing())
                    .contains("an identification that was not submitted before"));
    assertThat(office.party(registered).state()).isEqualTo(RegistrationState.APPLIED);
  }

  /** What was good when it was said need not be so any more. */
  @Test
  void submission_underAPaperThatIsOverSince_saysSo() {
    Party party = office.party(registered);
    office.said(party, office.person());
    office.handedIn(party, DocumentKind.PASSPORT, DocumentMedia.PDF, BackOffice.PDF);
    office.clock.advance(Duration.ofDays(6 * 366));
    assertThat(submit(office, registered))
        .isEqualTo(new Incomplete(List.of("'paper.expires' is over")));
    assertThat(office.party(registered).state()).isEqualTo(RegistrationState.APPLIED);
  }

  @Test
  void submission_twiceAtOnce_countsOnce() throws Exception {
    Party party = office.party(registered);
    office.said(party, office.person());
    office.handedIn(party, DocumentKind.PASSPORT, DocumentMedia.PDF, BackOffice.PDF);
    List<TransitionOutcome> outcomes =
        AtOnce.run(
            2,
            i -> {
              BackOffice node = new BackOffice(keys);
              return () -> submit(node, registered);
            });
    assertThat(outcomes).containsOnlyOnce(new Moved(RegistrationState.REVIEW));
    assertThat(outcomes).hasAtLeastOneElementOfType(NotPermitted.class);
  }

  @Test
  void application_isWithdrawnUntilItIsDecided() {
    assertThat(withdraw()).isEqualTo(new Moved(RegistrationState.CLOSED));
    assertThat(withdraw()).isInstanceOf(NotPermitted.class);
    registered = office.apply();
    office.submitted(registered);
    office.approve(BackOffice.CLERK, registered, "papers seen");
    assertThat(withdraw()).isEqualTo(new Moved(RegistrationState.CLOSED));
    registered = office.apply();
    office.approved(registered);
    assertThat(withdraw())
        .isEqualTo(new NotPermitted(RegistrationState.APPROVED, RegistrationState.CLOSED));
  }
}

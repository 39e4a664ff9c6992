package org.tallystick.party;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.node.Server;

/** Applications that nothing came of, over a real database. */
class ApplicationsTest {
  @TempDir Path keys;
  private BackOffice office;
  private Registered registered;

  @BeforeEach
  void open() {
    office = new BackOffice(keys);
    registered = office.apply();
    Party party = office.party(registered);
    office.said(party, office.person());
    office.handedIn(party, DocumentKind.PASSPORT, DocumentMedia.PDF, BackOffice.PDF);
  }

  private List<Long> abandoned() {
    return Server.inTransaction(office.entities, () -> office.applications.abandoned(10_000));
  }

  private boolean close() {
    long id = office.party(registered).id();
    return Server.inTransaction(office.entities, () -> office.applications.close(id));
  }

  @Test
  void application_thatIsNotSubmitted_isClosedAfterAMonth_andWhatWasSaidIsGone() {
    Party party = office.party(registered);
    office.clock.advance(Applications.LIFE.minusSeconds(1));
    assertThat(abandoned()).doesNotContain(party.id());
    assertThat(close()).isFalse();
    office.clock.advance(Duration.ofSeconds(1));
    assertThat(abandoned()).contains(party.id());
    assertThat(close()).isTrue();
    assertThat(close()).isFalse();
    assertThat(abandoned()).doesNotContain(party.id());
    assertThat(office.party(registered).state()).isEqualTo(RegistrationState.CLOSED);
    assertThat(office.documents.ofParty(party)).isEmpty();
    assertThat(office.identifications.own(party)).isEmpty();
  }

  @Test
  void applicationThatWasSubmitted_staysHoweverLongTheBankTakes() {
    Party party = office.party(registered);
    Server.inTransaction(office.entities, () -> office.submissions.submit(party));
    office.clock.advance(Applications.LIFE.multipliedBy(3));
    assertThat(abandoned()).doesNotContain(party.id());
    assertThat(close()).isFalse();
    assertThat(office.documents.ofParty(party)).hasSize(1);
  }
}

package org.tallystick.agreement;

import java.util.Map;
import org.tallystick.node.Environment;
import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;
import org.tallystick.party.TransitionWitness;
import org.tallystick.webhook.WebhooksFixture;

/** What is done with agreements, wired by hand. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class AgreementsFixture {
  private AgreementsFixture() {}

  public static TransitionWitness notices(BackOffice office) {
    RegistrationNotices notices = new RegistrationNotices();
    notices.entities = office.entities;
    notices.agreements = office.agreements;
    return notices;
  }

  public static PartyAgreements signed(BackOffice office) {
    PartyAgreements agreements = new PartyAgreements();
    agreements.entities = office.entities;
    agreements.agreements = office.agreements;
    agreements.parties = office.parties;
    agreements.clock = office.clock;
    return agreements;
  }

  /** With a notice period of so many hours. */
  public static Publishing publishing(BackOffice office, int hours) {
    NoticePeriod period = new NoticePeriod();
    period.environment =
        new Environment(Map.of("TALLYSTICK_AGREEMENT_NOTICE_HOURS", Integer.toString(hours)));
    Publishing publishing = new Publishing();
    publishing.entities = office.entities;
    publishing.agreements = office.agreements;
    publishing.period = period;
    publishing.clock = office.clock;
    publishing.outbox = WebhooksFixture.outbox(office);
    return publishing;
  }

  public static AgreementStage stage(BackOffice office) {
    AgreementStage stage = new AgreementStage();
    stage.entities = office.entities;
    stage.clock = office.clock;
    return stage;
  }

  /** The database of all tests has the first version alone again. */
  public static void forgetAll(BackOffice office) {
    Server.inTransaction(
        office.entities,
        () -> {
          for (String statement :
              new String[] {
                "set local session_replication_role = replica",
                "delete from agreement_round",
                "delete from agreement_proposal",
                "delete from party_agreement where version > 1",
                "delete from agreement where version > 1",
                "update party set contract_version = 1"
              }) {
            office.entities.createNativeQuery(statement).executeUpdate();
          }
          return true;
        });
  }
}

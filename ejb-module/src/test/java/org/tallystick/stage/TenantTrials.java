package org.tallystick.stage;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.tallystick.code.TestDevice;
import org.tallystick.codec.Base64Url;
import org.tallystick.device.DeviceState;
import org.tallystick.device.Devices;
import org.tallystick.device.DevicesFixture;
import org.tallystick.enrolment.Activations;
import org.tallystick.enrolment.EnrolmentsFixture;
import org.tallystick.institution.Institution;
import org.tallystick.ledger.LedgerFixture;
import org.tallystick.ledger.Teller;
import org.tallystick.log.DeviceLogs;
import org.tallystick.log.DeviceLogsFixture;
import org.tallystick.money.Money;
import org.tallystick.node.Server;
import org.tallystick.page.CursorsFixture;
import org.tallystick.party.OpenedDocument;
import org.tallystick.party.Party;
import org.tallystick.party.RegistrationState;
import org.tallystick.party.Registrations;
import org.tallystick.privacy.ErasureProposals;
import org.tallystick.privacy.Erasures;
import org.tallystick.privacy.ExportOutcome;
import org.tallystick.privacy.OpenedExports;
import org.tallystick.privacy.PrivacyFixture;
import org.tallystick.receipt.Receipts;
import org.tallystick.receipt.ReceiptsFixture;
import org.tallystick.screening.Desk;
import org.tallystick.screening.HitState;
import org.tallystick.staff.Actor;
import org.tallystick.stage.TenantBank.Trial;

/** What is somebody's, of the table of {@link TenantsTest}: each use case, and how it is tried. */
final class TenantTrials {
  /** The use cases. */
  static final Set<String> THINGS =
      Set.of(
          "Activations.allow(Actor, String)",
          "Decisions.approve(Actor, String, String)",
          "Decisions.move(Actor, String, RegistrationState, String)",
          "DeviceLogs.page(Actor, byte[], long, int)",
          "Devices.move(Actor, byte[], DeviceState, String)",
          "Dossiers.accesses(Actor, String, Optional, int)",
          "Dossiers.open(Actor, String)",
          "Dossiers.openDocument(Actor, String, String)",
          "Dossiers.transitions(Actor, String)",
          "DueVerifications.page(Actor, Optional, int)",
          "ErasureProposals.list(Actor, String)",
          "ErasureProposals.withdraw(Actor, String, String)",
          "Erasures.due(Actor, Optional, int)",
          "Erasures.erase(Actor, String, String)",
          "Erasures.page(Actor, Optional, int)",
          "OpenedExports.fetch(Actor, String, String)",
          "OpenedExports.open(Actor, String, String)",
          "Hits.decide(Actor, String, HitState, String, LongPredicate)",
          "Hits.open(Actor, String)",
          "Hits.page(Actor, HitState, Optional, int)",
          "Parties.byRegistration(Actor, String)",
          "Parties.byRegistrationLocked(Actor, String)",
          "Parties.ifSeen(Actor, Optional, ToLongFunction)",
          "Receipts.forAuditor(Actor, String)",
          "Registrations.page(Actor, RegistrationState, Optional, int)",
          "Teller.balance(Actor, long)",
          "Teller.deposit(Actor, long, Money, String)",
          "Transactions.evidence(Actor, String, byte[])",
          "Transactions.view(Actor, String)");

  /**
   * For partner banks' programs alone; PartnerPartiesTest and WebhooksTest show they keep apart.
   */
  static final Set<String> OF_PROGRAMS =
      Set.of(
          "Deliveries.again(Actor, UUID, UUID)",
          "Deliveries.page(Actor, UUID, Optional, int)",
          "Deliveries.test(Actor, UUID)",
          "Registrations.ofInstitution(Actor, RegistrationState, Optional, int)",
          "Registrations.ofInstitution(Actor, String)",
          "Registrations.register(Actor, Application)",
          "Webhooks.all(Actor)",
          "Webhooks.change(Actor, UUID, LongPredicate, Target, WebhookState)",
          "Webhooks.create(Actor, Target)",
          "Webhooks.delete(Actor, UUID)",
          "Webhooks.find(Actor, UUID)",
          "Webhooks.rotate(Actor, UUID)");

  private static final String NOBODY = "AAAAAAAAAAAAAAAAAAAAAA";
  private static final byte[] NO_DEVICE = new byte[16];
  private static final String NO_NUMBER = "0000000000000000";
  private static final long NO_ACCOUNT = 999_999_999L;

  private final Stages bank;
  private final Institution ours;
  private final Party before;
  private final Party party;
  private final TestDevice payer;
  private final String number;
  private final long account;
  private final Devices devices;
  private final DeviceLogs logs;
  private final Activations activations;
  private final Teller teller;
  private final Receipts receipts;
  private final Registrations registrations;
  private final Desk screening;
  private final String hit;
  private final Erasures erasures;
  private final OpenedExports exports;
  private final ErasureProposals proposals;

  TenantTrials(TenantBank tenants) {
    bank = tenants.bank;
    ours = tenants.ours;
    before = tenants.before;
    party = tenants.party;
    payer = tenants.payer;
    number = tenants.number;
    account = tenants.account;
    devices = DevicesFixture.over(bank.office);
    logs = DeviceLogsFixture.over(bank.office);
    activations =
        EnrolmentsFixture.activations(bank.office, EnrolmentsFixture.enrolments(bank.office));
    teller = LedgerFixture.teller(bank.office.ledger);
    receipts = ReceiptsFixture.over(bank.office);
    registrations = bank.office.registrations;
    screening = new Desk(bank.office);
    hit = screening.hit(party, ours.id());
    erasures = PrivacyFixture.erasures(bank.office);
    exports = PrivacyFixture.openedExports(bank.office);
    proposals = PrivacyFixture.proposals(bank.office);
  }

  private String registration() {
    return registration(party);
  }

  private static String registration(Party of) {
    return Base64Url.encode(of.identifiers().registration());
  }

  /** Opened by somebody of the actor's name, who may: whose the party is decides alone. */
  private String openedExport(Actor actor) {
    Actor sameName = new Actor(actor.name(), TenantBank.OFFICE);
    return ((ExportOutcome.Opened) exports.open(sameName, registration(), "asked")).export();
  }

  private String receiptNumber() {
    return String.valueOf(
        bank.office
            .entities
            .createNativeQuery(
                "select r.receipt_number from receipt r join half h on h.id = r.half_id"
                    + " where h.number = ?1 and h.device_pk = ?2")
            .setParameter(1, number)
            .setParameter(2, payer.index())
            .getSingleResult());
  }

  private Trial registration(BiFunction<Actor, String, Object> asked) {
    return new Trial(
        actor -> asked.apply(actor, registration()), actor -> asked.apply(actor, NOBODY));
  }

  Trial of(String method) {
    Money one = Money.of(1, "USD");
    String name = "x" + UUID.randomUUID().toString().substring(0, 30);
    return switch (method) {
      case "Activations.allow(Actor, String)" -> registration(activations::allow);
      case "Decisions.approve(Actor, String, String)" ->
          registration((a, r) -> bank.office.decisions.approve(a, r, "known"));
      case "Decisions.move(Actor, String, RegistrationState, String)" ->
          registration(
              (a, r) -> bank.office.decisions.move(a, r, RegistrationState.SUSPENDED, "because"));
      case "Dossiers.accesses(Actor, String, Optional, int)" ->
          registration((a, r) -> bank.office.dossiers.accesses(a, r, Optional.empty(), 5));
      case "Dossiers.open(Actor, String)" -> registration(bank.office.dossiers::open);
      case "Dossiers.openDocument(Actor, String, String)" -> {
        String document = Base64Url.encode(bank.office.documents.ofParty(party).get(0).publicId());
        yield registration(
            (a, r) ->
                bank.office.dossiers.openDocument(a, r, document).map(OpenedDocument::document));
      }
      case "Dossiers.transitions(Actor, String)" ->
          registration((a, r) -> bank.office.dossiers.transitions(a, r).map(List::size));
      case "DueVerifications.page(Actor, Optional, int)" -> {
        endsSoon();
        yield new Trial(this::isToBeRenewed, actor -> false);
      }
      case "Erasures.due(Actor, Optional, int)" -> {
        leftLongAgo();
        yield new Trial(this::isDue, actor -> false);
      }
      case "OpenedExports.fetch(Actor, String, String)" ->
          new Trial(
              actor -> exports.fetch(actor, registration(), openedExport(actor)).getClass(),
              actor -> exports.fetch(actor, NOBODY, openedExport(actor)).getClass());
      case "OpenedExports.open(Actor, String, String)" ->
          registration((a, r) -> exports.open(a, r, "asked").getClass());
      case "ErasureProposals.list(Actor, String)" -> registration(proposals::list);
      case "ErasureProposals.withdraw(Actor, String, String)" ->
          registration((a, r) -> proposals.withdraw(a, r, "known"));
      case "Erasures.erase(Actor, String, String)" ->
          registration((a, r) -> erasures.erase(a, r, "known"));
      case "Erasures.page(Actor, Optional, int)" -> {
        wasErased();
        yield new Trial(this::isErased, actor -> false);
      }
      case "DeviceLogs.page(Actor, byte[], long, int)" ->
          new Trial(
              actor -> logs.page(actor, payer.deviceId(), 1, 5),
              actor -> logs.page(actor, NO_DEVICE, 1, 5));
      case "Devices.move(Actor, byte[], DeviceState, String)" ->
          new Trial(
              actor -> devices.move(actor, payer.deviceId(), DeviceState.SUSPENDED, "lost"),
              actor -> devices.move(actor, NO_DEVICE, DeviceState.SUSPENDED, "lost"));
      case "Parties.byRegistration(Actor, String)" ->
          registration((a, r) -> bank.office.parties.byRegistration(a, r).map(Party::id));
      case "Hits.decide(Actor, String, HitState, String, LongPredicate)" ->
          new Trial(
              actor ->
                  screening.hits().decide(actor, hit, HitState.FALSE_POSITIVE, "why", v -> true),
              actor ->
                  screening
                      .hits()
                      .decide(actor, NOBODY, HitState.FALSE_POSITIVE, "why", v -> true));
      case "Hits.open(Actor, String)" ->
          new Trial(
              actor -> screening.hits().open(actor, hit),
              actor -> screening.hits().open(actor, NOBODY));
      case "Hits.page(Actor, HitState, Optional, int)" ->
          new Trial(actor -> hasHit(actor, hit), actor -> hasHit(actor, NOBODY));
      case "Parties.byRegistrationLocked(Actor, String)" ->
          registration((a, r) -> bank.office.parties.byRegistrationLocked(a, r).map(Party::id));
      case "Parties.ifSeen(Actor, Optional, ToLongFunction)" ->
          new Trial(
              actor -> bank.office.parties.ifSeen(actor, Optional.of(party), Party::id),
              actor -> bank.office.parties.ifSeen(actor, Optional.<Party>empty(), Party::id));
      case "Receipts.forAuditor(Actor, String)" ->
          new Trial(
              actor -> receipts.forAuditor(actor, receiptNumber()),
              actor -> receipts.forAuditor(actor, NO_NUMBER));
      case "Registrations.page(Actor, RegistrationState, Optional, int)" ->
          new Trial(
              actor -> isOnThePage(actor, registration()), actor -> isOnThePage(actor, NOBODY));
      case "Teller.balance(Actor, long)" ->
          new Trial(a -> teller.balance(a, account), a -> teller.balance(a, NO_ACCOUNT));
      case "Teller.deposit(Actor, long, Money, String)" ->
          new Trial(
              actor -> teller.deposit(actor, account, one, name),
              actor -> teller.deposit(actor, NO_ACCOUNT, one, name));
      case "Transactions.evidence(Actor, String, byte[])" ->
          new Trial(
              actor -> bank.transactions.evidence(actor, number, new byte[100]),
              actor -> bank.transactions.evidence(actor, NO_NUMBER, new byte[100]));
      case "Transactions.view(Actor, String)" ->
          new Trial(
              actor -> bank.transactions.view(actor, number),
              actor -> bank.transactions.view(actor, NO_NUMBER));
      default -> throw new IllegalArgumentException(method + " has no trial");
    };
  }

  private void leftLongAgo() {
    ofBefore(
        "update party set institution_id = ?1, state = 'CLOSED', ended_at = '1980-01-01Z'"
            + " where id = ?2");
  }

  private void wasErased() {
    ofBefore(
        "insert into erasure (id, party_id, registration, institution_id, proposed_by,"
            + " confirmed_by, reason, deleted, emptied, at) select nextval('erasure_seq'), id,"
            + " registration, ?1, 'one', 'other', 'asked', 1, 1, now() from party where id = ?2");
  }

  private void ofBefore(String sql) {
    Server.inTransaction(
        bank.office.entities,
        () ->
            bank.office
                .entities
                .createNativeQuery(sql)
                .setParameter(1, ours.id())
                .setParameter(2, before.id())
                .executeUpdate());
  }

  private void endsSoon() {
    Server.inTransaction(
        bank.office.entities,
        () ->
            bank.office
                .entities
                .createNativeQuery("update party set verified_until = ?1 where id = ?2")
                .setParameter(1, OffsetDateTime.now(bank.office.clock))
                .setParameter(2, party.id())
                .executeUpdate());
  }

  private boolean isToBeRenewed(Actor actor) {
    return bank.office.dueVerifications.page(actor, Optional.empty(), 200).registrations().stream()
        .anyMatch(line -> line.registration().equals(registration(party)));
  }

  private boolean isDue(Actor actor) {
    return erasures.due(actor, Optional.empty(), 200).registrations().stream()
        .anyMatch(line -> line.registration().equals(registration(before)));
  }

  private boolean isErased(Actor actor) {
    return erasures.page(actor, Optional.empty(), 200).erasures().stream()
        .anyMatch(line -> line.registration().equals(registration(before)));
  }

  private boolean hasHit(Actor actor, String wanted) {
    return screening.hits().page(actor, HitState.OPEN, Optional.empty(), 200).hits().stream()
        .anyMatch(found -> found.hit().equals(wanted));
  }

  /**
   * On the page that begins behind the party that came before, for tables hold what others left.
   */
  private boolean isOnThePage(Actor actor, String registration) {
    String list = "registrations/ACTIVE";
    String own = actor.institution() == null ? list : list + "/" + actor.institution();
    String behind = CursorsFixture.cursor(bank.office.vault, own, registration(before));
    return registrations
        .page(actor, RegistrationState.ACTIVE, Optional.of(behind), 1)
        .registrations()
        .stream()
        .anyMatch(one -> one.registration().equals(registration));
  }
}

package org.tallystick.stage;

import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tallystick.agreement.AgreementsFixture;
import org.tallystick.agreement.Publishing;
import org.tallystick.code.TestDevice;
import org.tallystick.codec.Base64Url;
import org.tallystick.device.DeviceState;
import org.tallystick.device.Devices;
import org.tallystick.device.DevicesFixture;
import org.tallystick.enrolment.Activations;
import org.tallystick.enrolment.EnrolmentsFixture;
import org.tallystick.institution.Institution;
import org.tallystick.institution.InstitutionState;
import org.tallystick.institution.Institutions;
import org.tallystick.institution.InstitutionsFixture;
import org.tallystick.ledger.LedgerFixture;
import org.tallystick.ledger.Teller;
import org.tallystick.log.DeviceLogs;
import org.tallystick.log.DeviceLogsFixture;
import org.tallystick.money.Money;
import org.tallystick.node.Server;
import org.tallystick.page.CursorsFixture;
import org.tallystick.partner.PartnerClients;
import org.tallystick.partner.PartnersFixture;
import org.tallystick.party.OpenedDocument;
import org.tallystick.party.Party;
import org.tallystick.party.RegistrationState;
import org.tallystick.party.Registrations;
import org.tallystick.privacy.ErasureProposals;
import org.tallystick.privacy.Erasures;
import org.tallystick.privacy.PrivacyFixture;
import org.tallystick.receipt.Receipts;
import org.tallystick.receipt.ReceiptsFixture;
import org.tallystick.screening.Desk;
import org.tallystick.screening.HitState;
import org.tallystick.screening.list.ListFormat;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;
import org.tallystick.staff.StaffAccounts;
import org.tallystick.staff.StaffDesk;
import org.tallystick.staff.StaffFixture;
import org.tallystick.staff.StaffRegister;
import org.tallystick.staff.StaffState;
import org.tallystick.wallet.Iban;
import org.tallystick.wallet.InstrumentSearches;
import org.tallystick.wallet.MicroDepositState;
import org.tallystick.wallet.MicroDeposits;
import org.tallystick.wallet.Pan;
import org.tallystick.wallet.WalletFixture;

/** The table of {@link TenantsTest}, over one payment between two parties of one institution. */
final class TenantTrials {
  /** What is somebody's. */
  static final Set<String> THINGS =
      Set.of(
          "Activations.allow(Actor, String)",
          "Decisions.approve(Actor, String, String)",
          "Decisions.move(Actor, String, RegistrationState, String)",
          "DeviceLogs.page(Actor, byte[], long, int)",
          "Devices.move(Actor, byte[], DeviceState, String)",
          "Dossiers.accesses(Actor, String, int, int)",
          "Dossiers.open(Actor, String)",
          "Dossiers.openDocument(Actor, String, String)",
          "Dossiers.transitions(Actor, String)",
          "DueVerifications.page(Actor, Optional, int)",
          "ErasureProposals.list(Actor, String)",
          "ErasureProposals.withdraw(Actor, String, String)",
          "Erasures.due(Actor, Optional, int)",
          "Erasures.erase(Actor, String, String)",
          "Erasures.page(Actor, Optional, int)",
          "Exports.make(Actor, String, String)",
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

  /** What belongs to the consortium alone. */
  static final Set<String> OF_THE_CONSORTIUM =
      Set.of(
          "Institutions.change(Actor, String, LongPredicate, BrandDraft)",
          "Institutions.create(Actor, BrandDraft)",
          "Institutions.find(Actor, String)",
          "Institutions.lines(Actor, String)",
          "Institutions.move(Actor, String, InstitutionState, String)",
          "Institutions.page(Actor, Optional, int)",
          "InstrumentSearches.byAccount(Actor, AccountNumber, String)",
          "InstrumentSearches.byPan(Actor, Pan, String)",
          "InstrumentSearches.page(Actor, Optional, int)",
          "ListLoading.load(Actor, String, ListFormat, byte[], boolean)",
          "ListLoading.loadShorter(Actor, String, ListFormat, byte[], boolean, String)",
          "MicroDeposits.page(Actor, MicroDepositState, Optional, int)",
          "MicroDeposits.sent(Actor, String)",
          "Overviews.now(Actor)",
          "PartnerClients.change(Actor, String, LongPredicate, ClientTerms)",
          "PartnerClients.find(Actor, String)",
          "PartnerClients.page(Actor, String, Optional, int)",
          "PartnerClients.register(Actor, String, String, ClientTerms)",
          "PartnerClients.revoke(Actor, String, String)",
          "Publishing.confirm(Actor, int)",
          "Publishing.open(Actor)",
          "Publishing.propose(Actor, String, OffsetDateTime)",
          "Publishing.withdraw(Actor, int)",
          "Retirements.retire(Actor, String, String)",
          "StaffAccounts.changeRoles(Actor, String, Set, String)",
          "StaffAccounts.changes(Actor, String, long, int)",
          "StaffAccounts.move(Actor, String, StaffState, String)",
          "StaffAccounts.one(Actor, String)",
          "StaffAccounts.page(Actor, Optional, int)",
          "StaffAccounts.recover(Actor, String, String)",
          "StaffAccounts.resetPassword(Actor, String, String, PasswordHash)",
          "StaffDesk.open(Actor, String, Set)",
          "StaffDesk.open(Actor, String, Set, Long)",
          "StaffDesk.resetPassword(Actor, String, String)",
          "StaffRegister.open(Actor, String, Set, PasswordHash, Long)",
          "Teller.trialBalance(Actor)",
          "Transactions.counts(Actor)");

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
  private static final Set<Role> OFFICE = Set.of(Role.CLERK, Role.APPROVER, Role.AUDITOR);

  private final Stages bank;
  private final Institution ours;
  private final Institution theirs;
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
  private final Institutions institutions;
  private final PartnerClients clients;
  private final StaffDesk staff;
  private final StaffRegister staffRegister;
  private final StaffAccounts accounts;
  private final InstrumentSearches searches;
  private final MicroDeposits microDeposits;
  private final Publishing publishing;
  private final Desk screening;
  private final String hit;
  private final Erasures erasures;
  private final ErasureProposals proposals;

  /**
   * A use case for a thing of ours and for one that does not exist.
   *
   * @param mine asks for the thing
   * @param nobodys asks for nothing
   */
  record Trial(Function<Actor, Object> mine, Function<Actor, Object> nobodys) {}

  TenantTrials(Path keys) {
    bank = new Stages(keys);
    ours = InstitutionsFixture.opened(bank.office);
    theirs = InstitutionsFixture.opened(bank.office);
    before = bank.funded(0);
    party = bank.funded(10_000);
    payer = new TestDevice(bank.office, party);
    TestDevice payee = bank.payee();
    number = payee.nextNumber();
    byte[] bill = new byte[32];
    bank.run(
        payee.terms(number, bill).seal(), payer.terms(number, bill).to(payee.account()).seal());
    account = in(() -> bank.office.ledger.deposit(party.id(), "USD").orElseThrow());
    belongsToUs(payer);
    belongsToUs(payee);
    devices = DevicesFixture.over(bank.office);
    logs = DeviceLogsFixture.over(bank.office);
    activations =
        EnrolmentsFixture.activations(bank.office, EnrolmentsFixture.enrolments(bank.office));
    teller = LedgerFixture.teller(bank.office.ledger);
    receipts = ReceiptsFixture.over(bank.office);
    registrations = bank.office.registrations;
    institutions = bank.office.institutions;
    clients = PartnersFixture.clients(bank.office);
    staff = StaffFixture.desk(bank.office);
    staffRegister = StaffFixture.register(bank.office);
    accounts = StaffFixture.accounts(bank.office);
    searches = WalletFixture.searches(bank.office);
    microDeposits = WalletFixture.microDeposits(bank.office);
    publishing = AgreementsFixture.publishing(bank.office, 0);
    screening = new Desk(bank.office);
    hit = screening.hit(party, ours.id());
    erasures = PrivacyFixture.erasures(bank.office);
    proposals = PrivacyFixture.proposals(bank.office);
  }

  /** The parties came through us. */
  private void belongsToUs(TestDevice device) {
    in(
        () ->
            bank.office
                .entities
                .createNativeQuery(
                    "update party set institution_id = ?1 where account_identifier = ?2")
                .setParameter(1, ours.id())
                .setParameter(2, device.account())
                .executeUpdate());
  }

  /** Makes one of the two sides another institution's. */
  void payerGoesToThem() {
    in(
        () ->
            bank.office
                .entities
                .createNativeQuery(
                    "update party set institution_id = ?1 where account_identifier = ?2")
                .setParameter(1, theirs.id())
                .setParameter(2, payer.account())
                .executeUpdate());
  }

  <T> T in(Supplier<T> work) {
    return Server.inTransaction(bank.office.entities, work);
  }

  Actor ours() {
    return new Actor("ours", OFFICE, ours.id());
  }

  Actor theirs() {
    return new Actor("theirs", OFFICE, theirs.id());
  }

  Actor consortium() {
    return new Actor("own", OFFICE);
  }

  String number() {
    return number;
  }

  Stages bank() {
    return bank;
  }

  private String registration() {
    return registration(party);
  }

  private static String registration(Party of) {
    return Base64Url.encode(of.identifiers().registration());
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
      case "Dossiers.accesses(Actor, String, int, int)" ->
          registration((a, r) -> bank.office.dossiers.accesses(a, r, 1, 5));
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
      case "Exports.make(Actor, String, String)" ->
          registration(
              (a, r) ->
                  PrivacyFixture.exports(bank.office).make(a, r, "asked").map(bytes -> "made"));
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
      default -> ofTheConsortium(method, name);
    };
  }

  private Trial ofTheConsortium(String method, String name) {
    String id = Base64Url.encode(ours.publicId());
    Function<Actor, Object> asked =
        switch (method) {
          case "Institutions.change(Actor, String, LongPredicate, BrandDraft)" ->
              actor ->
                  institutions.change(actor, id, version -> true, InstitutionsFixture.draft(name));
          case "Institutions.create(Actor, BrandDraft)" ->
              actor -> institutions.create(actor, InstitutionsFixture.draft(name));
          case "Institutions.find(Actor, String)" -> actor -> institutions.find(actor, id);
          case "Institutions.lines(Actor, String)" -> actor -> institutions.lines(actor, id);
          case "Institutions.move(Actor, String, InstitutionState, String)" ->
              actor -> institutions.move(actor, id, InstitutionState.SUSPENDED, "because");
          case "Institutions.page(Actor, Optional, int)" ->
              actor -> institutions.page(actor, Optional.empty(), 1);
          case "InstrumentSearches.byAccount(Actor, AccountNumber, String)" ->
              actor ->
                  searches.byAccount(actor, Iban.of("GB82WEST12345698765432").orElseThrow(), "why");
          case "InstrumentSearches.byPan(Actor, Pan, String)" ->
              actor -> searches.byPan(actor, Pan.of("9999000000000004").orElseThrow(), "why");
          case "InstrumentSearches.page(Actor, Optional, int)" ->
              actor -> searches.page(actor, Optional.empty(), 1);
          case "ListLoading.load(Actor, String, ListFormat, byte[], boolean)" ->
              actor -> screening.loading().load(actor, "UN", ListFormat.UN_XML, new byte[1], false);
          case "ListLoading.loadShorter(Actor, String, ListFormat, byte[], boolean, String)" ->
              actor ->
                  screening
                      .loading()
                      .loadShorter(actor, "UN", ListFormat.UN_XML, new byte[1], false, "because");
          case "Overviews.now(Actor)" -> screening.overviews()::now;
          case "MicroDeposits.page(Actor, MicroDepositState, Optional, int)" ->
              actor -> microDeposits.page(actor, MicroDepositState.ORDERED, Optional.empty(), 1);
          case "MicroDeposits.sent(Actor, String)" -> actor -> microDeposits.sent(actor, NOBODY);
          case "Publishing.confirm(Actor, int)" -> actor -> publishing.confirm(actor, 9_999);
          case "Publishing.open(Actor)" -> publishing::open;
          case "Publishing.propose(Actor, String, OffsetDateTime)" ->
              actor -> publishing.propose(actor, "", OffsetDateTime.now(bank.office.clock));
          case "Publishing.withdraw(Actor, int)" -> actor -> publishing.withdraw(actor, 9_999);
          case "Retirements.retire(Actor, String, String)" ->
              actor -> screening.retirements().retire(actor, "OWN", "because");
          case "StaffAccounts.changeRoles(Actor, String, Set, String)" ->
              actor -> accounts.changeRoles(actor, name, Set.of(Role.CLERK), "because");
          case "StaffAccounts.changes(Actor, String, long, int)" ->
              actor -> accounts.changes(actor, name, 0, 1);
          case "StaffAccounts.move(Actor, String, StaffState, String)" ->
              actor -> accounts.move(actor, name, StaffState.SUSPENDED, "because");
          case "StaffAccounts.one(Actor, String)" -> actor -> accounts.one(actor, name);
          case "StaffAccounts.page(Actor, Optional, int)" ->
              actor -> accounts.page(actor, Optional.empty(), 1);
          case "StaffAccounts.recover(Actor, String, String)" ->
              actor -> accounts.recover(actor, name, "because");
          case "StaffAccounts.resetPassword(Actor, String, String, PasswordHash)" ->
              actor ->
                  accounts.resetPassword(
                      actor, name, "because", StaffFixture.password(bank.office));
          case "StaffRegister.open(Actor, String, Set, PasswordHash, Long)" ->
              actor ->
                  staffRegister.open(
                      actor, name, Set.of(Role.CLERK), StaffFixture.password(bank.office), null);
          case "PartnerClients.change(Actor, String, LongPredicate, ClientTerms)" ->
              actor -> clients.change(actor, name, version -> true, PartnersFixture.certificate());
          case "PartnerClients.find(Actor, String)" -> actor -> clients.find(actor, name);
          case "PartnerClients.page(Actor, String, Optional, int)" ->
              actor -> clients.page(actor, id, Optional.empty(), 1);
          case "PartnerClients.register(Actor, String, String, ClientTerms)" ->
              actor -> clients.register(actor, id, name, PartnersFixture.certificate());
          case "PartnerClients.revoke(Actor, String, String)" ->
              actor -> clients.revoke(actor, name, "because");
          case "StaffDesk.open(Actor, String, Set)" ->
              actor -> staff.open(actor, name, Set.of(Role.CLERK));
          case "StaffDesk.open(Actor, String, Set, Long)" ->
              actor -> staff.open(actor, name, Set.of(Role.CLERK), ours.id());
          case "StaffDesk.resetPassword(Actor, String, String)" ->
              actor -> staff.resetPassword(actor, name, "because");
          case "Teller.trialBalance(Actor)" -> teller::trialBalance;
          case "Transactions.counts(Actor)" -> bank.transactions::counts;
          default -> throw new IllegalArgumentException(method + " has no trial");
        };
    return new Trial(asked, asked);
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
    in(
        () ->
            bank.office
                .entities
                .createNativeQuery(sql)
                .setParameter(1, ours.id())
                .setParameter(2, before.id())
                .executeUpdate());
  }

  private void endsSoon() {
    in(
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
    String behind = CursorsFixture.cursors(bank.office.vault).cursor(own, registration(before));
    return registrations
        .page(actor, RegistrationState.ACTIVE, Optional.of(behind), 1)
        .registrations()
        .stream()
        .anyMatch(one -> one.registration().equals(registration));
  }
}

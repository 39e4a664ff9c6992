package org.tallystick.stage;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.tallystick.agreement.AgreementsFixture;
import org.tallystick.agreement.Publishing;
import org.tallystick.codec.Base64Url;
import org.tallystick.institution.Institution;
import org.tallystick.institution.InstitutionState;
import org.tallystick.institution.Institutions;
import org.tallystick.institution.InstitutionsFixture;
import org.tallystick.ledger.LedgerFixture;
import org.tallystick.ledger.Teller;
import org.tallystick.partner.PartnerClients;
import org.tallystick.partner.PartnersFixture;
import org.tallystick.screening.Desk;
import org.tallystick.screening.list.ListFormat;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;
import org.tallystick.staff.StaffAccounts;
import org.tallystick.staff.StaffDesk;
import org.tallystick.staff.StaffFixture;
import org.tallystick.staff.StaffRegister;
import org.tallystick.staff.StaffState;
import org.tallystick.stage.TenantBank.Trial;
import org.tallystick.wallet.Iban;
import org.tallystick.wallet.InstrumentSearches;
import org.tallystick.wallet.MicroDepositState;
import org.tallystick.wallet.MicroDeposits;
import org.tallystick.wallet.Pan;
import org.tallystick.wallet.WalletFixture;

/** What is the consortium's alone, of the table of {@link TenantsTest}, and how it is tried. */
final class ConsortiumTrials {
  /** The use cases. */
  static final Set<String> ALL =
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
          "StaffAccounts.changes(Actor, String, Optional, int)",
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

  private static final String NOBODY = "AAAAAAAAAAAAAAAAAAAAAA";

  private final Stages bank;
  private final Institution ours;
  private final Teller teller;
  private final Institutions institutions;
  private final PartnerClients clients;
  private final StaffDesk staff;
  private final StaffRegister staffRegister;
  private final StaffAccounts accounts;
  private final InstrumentSearches searches;
  private final MicroDeposits microDeposits;
  private final Publishing publishing;
  private final Desk screening;

  ConsortiumTrials(TenantBank tenants) {
    bank = tenants.bank;
    ours = tenants.ours;
    teller = LedgerFixture.teller(bank.office.ledger);
    institutions = bank.office.institutions;
    clients = PartnersFixture.clients(bank.office);
    staff = StaffFixture.desk(bank.office);
    staffRegister = StaffFixture.register(bank.office);
    accounts = StaffFixture.accounts(bank.office);
    searches = WalletFixture.searches(bank.office);
    microDeposits = WalletFixture.microDeposits(bank.office);
    publishing = AgreementsFixture.publishing(bank.office, 0);
    screening = new Desk(bank.office);
  }

  Trial of(String method) {
    String name = "x" + UUID.randomUUID().toString().substring(0, 30);
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
          case "StaffAccounts.changes(Actor, String, Optional, int)" ->
              actor -> accounts.changes(actor, name, Optional.empty(), 1);
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
}

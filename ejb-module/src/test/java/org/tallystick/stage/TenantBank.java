package org.tallystick.stage;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.tallystick.code.TestDevice;
import org.tallystick.institution.Institution;
import org.tallystick.institution.InstitutionsFixture;
import org.tallystick.node.Server;
import org.tallystick.party.Party;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;

/** Two institutions, and a payment between two parties of the first. */
final class TenantBank {
  static final Set<Role> OFFICE = Set.of(Role.CLERK, Role.APPROVER, Role.AUDITOR);

  final Stages bank;
  final Institution ours;
  final Institution theirs;
  final Party before;
  final Party party;
  final TestDevice payer;
  final String number;
  final long account;

  /**
   * A use case for a thing of ours and for one that does not exist.
   *
   * @param mine asks for the thing
   * @param nobodys asks for nothing
   */
  record Trial(Function<Actor, Object> mine, Function<Actor, Object> nobodys) {}

  TenantBank(Path keys) {
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
    belongsTo(ours, payer);
    belongsTo(ours, payee);
  }

  /** The party came through that institution. */
  private void belongsTo(Institution institution, TestDevice device) {
    in(
        () ->
            bank.office
                .entities
                .createNativeQuery(
                    "update party set institution_id = ?1 where account_identifier = ?2")
                .setParameter(1, institution.id())
                .setParameter(2, device.account())
                .executeUpdate());
  }

  /** Makes one of the two sides another institution's. */
  void payerGoesToThem() {
    belongsTo(theirs, payer);
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
}

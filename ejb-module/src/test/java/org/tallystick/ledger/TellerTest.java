package org.tallystick.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.money.Money;
import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;
import org.tallystick.party.Party;
import org.tallystick.staff.NotPermittedException;

class TellerTest {
  @TempDir Path keys;

  @Test
  void deposit_sameKeyTwice_isBookedOnce() {
    BackOffice office = new BackOffice(keys);
    Teller teller = LedgerFixture.teller(office.ledger);
    Party party = office.active();
    long account =
        Server.inTransaction(office.entities, () -> office.ledger.openDeposit(party.id(), "USD"));
    assertThat(deposit(office, teller, account, 500, "k1"))
        .isInstanceOf(TransferOutcome.Posted.class);
    assertThat(deposit(office, teller, account, 500, "k1"))
        .isInstanceOf(TransferOutcome.AlreadyPosted.class);
    assertThat(deposit(office, teller, account, 600, "k1"))
        .isInstanceOf(TransferOutcome.KeyReused.class);
    Balance balance =
        Server.inTransaction(
            office.entities, () -> teller.balance(BackOffice.AUDITOR, account).orElseThrow());
    assertThat(balance.availableMinor()).isEqualTo(500);
    TrialBalance trial =
        Server.inTransaction(office.entities, () -> teller.trialBalance(BackOffice.AUDITOR));
    assertThat(trial.balanced()).isTrue();
  }

  @Test
  void deposit_onNoDepositAccount_orByAnAuditor_isRefused() {
    BackOffice office = new BackOffice(keys);
    Teller teller = LedgerFixture.teller(office.ledger);
    Money amount = Money.of(1, "USD");
    Optional<TransferOutcome> unknown =
        Server.inTransaction(
            office.entities, () -> teller.deposit(BackOffice.CLERK, 1L, amount, "k"));
    assertThat(unknown).isEmpty();
    assertThatThrownBy(() -> teller.deposit(BackOffice.AUDITOR, 1L, amount, "k"))
        .isInstanceOf(NotPermittedException.class);
    assertThatThrownBy(() -> teller.trialBalance(BackOffice.CLERK))
        .isInstanceOf(NotPermittedException.class);
  }

  private static TransferOutcome deposit(
      BackOffice office, Teller teller, long account, long minor, String key) {
    return Server.inTransaction(
        office.entities,
        () -> teller.deposit(BackOffice.CLERK, account, Money.of(minor, "USD"), key).orElseThrow());
  }
}

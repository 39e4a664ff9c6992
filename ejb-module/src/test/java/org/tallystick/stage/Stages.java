package org.tallystick.stage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.tallystick.answer.Answer;
import org.tallystick.answer.AnswerRows;
import org.tallystick.answer.ReadyAnswer;
import org.tallystick.code.CodeResult;
import org.tallystick.code.CodeStage;
import org.tallystick.code.CodeStageFixture;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.TestDevice;
import org.tallystick.decision.DecisionStage;
import org.tallystick.decision.DecisionStageFixture;
import org.tallystick.evidence.Transactions;
import org.tallystick.evidence.TransactionsFixture;
import org.tallystick.format.Suite;
import org.tallystick.keys.KeyUse;
import org.tallystick.ledger.AccountKind;
import org.tallystick.ledger.Transfer;
import org.tallystick.money.Money;
import org.tallystick.node.Server;
import org.tallystick.party.Application;
import org.tallystick.party.BackOffice;
import org.tallystick.party.Party;
import org.tallystick.party.PartyKind;
import org.tallystick.party.PartyRole;
import org.tallystick.party.Registered;
import org.tallystick.sweep.Sweeps;
import org.tallystick.sweep.SweepsFixture;

/** Both stages, the sweeper and some parties over a real database; the test plays the queues. */
final class Stages {
  final BackOffice office;
  CodeStage codes;
  DecisionStage decisions;
  final Sweeps sweeps;
  final Transactions transactions;

  Stages(Path keys) {
    office = new BackOffice(keys);
    codes = CodeStageFixture.over(office);
    decisions = DecisionStageFixture.over(office);
    sweeps = SweepsFixture.over(office);
    transactions = TransactionsFixture.over(office);
  }

  Party party(PartyRole role) {
    String shown = role == PartyRole.PROVIDER ? "Shown " + UUID.randomUUID() : null;
    Registered registered =
        (Registered)
            office.register(
                new Application(
                    PartyKind.ORGANISATION, role, "Name", shown, "Place", "a@example.org"));
    office.active(registered);
    return office.parties.byRegistration(registered.registration()).orElseThrow();
  }

  TestDevice payer(long balanceMinor) {
    return payer(balanceMinor, Suite.CLASSIC);
  }

  TestDevice payer(long balanceMinor, Suite suite) {
    return new TestDevice(office, funded(balanceMinor), suite);
  }

  /** A user with money. */
  Party funded(long balanceMinor) {
    Party party = party(PartyRole.USER);
    if (balanceMinor > 0) {
      Server.inTransaction(office.entities, () -> fund(party, balanceMinor));
    }
    return party;
  }

  TestDevice payee() {
    return new TestDevice(office, party(PartyRole.PROVIDER));
  }

  private boolean fund(Party party, long minor) {
    long cash = office.ledger.ownAccount(AccountKind.CASH, "USD");
    long account = office.ledger.deposit(party.id(), "USD").orElseThrow();
    Money amount = Money.of(minor, "USD");
    return office
        .ledger
        .transfer(new Transfer(UUID.randomUUID(), "DEPOSIT", "test", cash, account, amount))
        .inTheBooks();
  }

  long balance(TestDevice device) {
    return Server.inTransaction(
        office.entities,
        () -> {
          Party party = office.parties.byAccountIdentifier(device.account()).orElseThrow();
          long account = office.ledger.deposit(party.id(), "USD").orElseThrow();
          return office.ledger.balance(account).orElseThrow().postedMinor();
        });
  }

  /** What the first queue delivers, in one batch. */
  CodeResult open(SealedHalf... halves) {
    long now = office.clock.millis();
    List<Delivery> batch =
        Arrays.stream(halves).map(half -> new Delivery(half.text(), now)).toList();
    return Server.inTransaction(office.entities, () -> codes.open(batch));
  }

  /** A code that was long on its way from the disk to the stage. */
  CodeResult openReceivedAt(SealedHalf half, long receivedAtMillis) {
    return Server.inTransaction(
        office.entities, () -> codes.open(List.of(new Delivery(half.text(), receivedAtMillis))));
  }

  /** What the second queue delivers, in one batch. */
  List<ReadyAnswer> decide(List<Hint> hints) {
    return Server.inTransaction(office.entities, () -> decisions.decide(hints));
  }

  /** Both stages, one after the other. */
  List<ReadyAnswer> run(SealedHalf... halves) {
    return decide(open(halves).hints());
  }

  List<Hint> sweep() {
    return Server.inTransaction(office.entities, sweeps::look);
  }

  void later(long millis) {
    office.clock.advance(Duration.ofMillis(millis));
  }

  List<ReadyAnswer> stored(SealedHalf half) {
    return Server.inTransaction(
        office.entities,
        () -> {
          try {
            return new AnswerRows(office.entities.unwrap(java.sql.Connection.class))
                .byPickup(List.of(TestDevice.pickup(half))).stream()
                    .filter(ReadyAnswer::isLast)
                    .toList();
          } catch (java.sql.SQLException e) {
            throw new StageFaultException(e);
          }
        });
  }

  /** The final answer, opened by its device; fails where there is none. */
  Answer answer(TestDevice device, SealedHalf half, String number) {
    List<ReadyAnswer> stored = new ArrayList<>(stored(half));
    if (stored.size() != 1) {
      throw new AssertionError("answers stored: " + stored.size());
    }
    return device
        .open(
            stored.get(0).sealed(),
            half,
            number,
            office.vault.signer(KeyUse.ANSWER).verificationKey())
        .orElseThrow();
  }

  long count(String sql) {
    return ((Number)
            Server.inTransaction(
                office.entities, () -> office.entities.createNativeQuery(sql).getSingleResult()))
        .longValue();
  }
}

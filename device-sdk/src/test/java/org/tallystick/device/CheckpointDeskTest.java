package org.tallystick.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.crypto.SigningKey;
import org.tallystick.device.fixture.Bench;
import org.tallystick.device.fixture.FakeTree;
import org.tallystick.device.result.DeviceRefusal;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.CheckpointShelf;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.log.LogLine;
import org.tallystick.tree.Checkpoint;
import org.tallystick.tree.MerkleTree;
import org.tallystick.tree.SignedCheckpoint;

/** C1 to C5: what a device does with the checkpoints of an honest bank, and of others. */
class CheckpointDeskTest {
  @TempDir Path folder;
  private Bench bench;
  private FakeTree tree;
  private TallystickDevice payer;

  @BeforeEach
  void open() {
    bench = new Bench(folder);
    tree = bench.bank.tree();
    payer = bench.payer("payer");
    tree.addOthers(3);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /** A payment; its line is in the payer's log. */
  private LogLine pay() {
    TallystickDevice payee = bench.payee("Shop " + bench.bank.devices());
    OutboxEntry bill = payee.makeBill(Bench.coffee()).orElseThrow();
    payee.send(bill).orElseThrow();
    OutboxEntry half =
        payer
            .approve(
                payer.readBill(payee.bill(bill.number()).orElseThrow().qrText()).orElseThrow(),
                null,
                Bench.PIN.toCharArray())
            .orElseThrow();
    payer.send(half).orElseThrow();
    FinishedEntry ended = payer.awaitAnswer(half, Duration.ofSeconds(5)).orElseThrow();
    return ended.line();
  }

  private byte[] leaf(LogLine line) {
    return MerkleTree.leafHash(
        payer.identity().orElseThrow().binding().deviceId(), line.index(), line.head());
  }

  private void later() {
    bench.clock.advance(Duration.ofMinutes(2));
  }

  private static void assertRefused(Result<Checkpoint> result, String step) {
    assertThat(result.refusal())
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .isInstanceOfSatisfying(
                        DeviceRefusal.class,
                        refusal -> assertThat(refusal.step()).isEqualTo(step)));
  }

  /** Nothing is taken, both are kept, the person hears of it once for each time. */
  private void assertEvidence(String step, SignedCheckpoint held, SignedCheckpoint shown) {
    assertThat(payer.evidenceAgainstBank()).hasSize(1);
    CheckpointShelf.Evidence kept = payer.evidenceAgainstBank().get(0);
    assertThat(kept.step()).isEqualTo(step);
    assertThat(kept.older().sign1()).isEqualTo(held.sign1());
    assertThat(kept.newer().sign1()).isEqualTo(shown.sign1());
    assertThat(bench.events.seen).contains("contradiction " + step);
  }

  @Test
  void checkpoints_ofAnHonestBank_areTakenOneAfterTheOther() {
    assertThat(payer.checkpoint().orElseThrow().size()).isEqualTo(3);
    assertThat(payer.checkpoint().orElseThrow().size()).as("the same again").isEqualTo(3);
    LogLine line = pay();
    tree.addOthers(2);
    tree.add(leaf(line));
    later();
    tree.addOthers(5);
    assertThat(payer.checkpoint().orElseThrow().size()).isEqualTo(11);
    assertThat(bench.events.seen).contains("checkpoint 3", "checkpoint 11");
    assertThat(payer.evidenceAgainstBank()).isEmpty();
  }

  @Test
  void checkpoint_held_survivesARestart() {
    payer.checkpoint().orElseThrow();
    SignedCheckpoint held = tree.checkpoint();
    payer.close();
    payer = bench.open("payer");
    tree.change(1);
    tree.addOthers(1);
    later();
    SignedCheckpoint shown = tree.checkpoint();
    assertRefused(payer.checkpoint(), "C3");
    assertEvidence("C3", held, shown);
    payer.close();
    payer = bench.open("payer");
    assertEvidence("C3", held, shown);
  }

  @Test
  void fork_anotherPastOfTheSameSize_isEvidence() {
    payer.checkpoint().orElseThrow();
    SignedCheckpoint held = tree.checkpoint();
    tree.change(0);
    SignedCheckpoint shown = tree.checkpoint();
    assertRefused(payer.checkpoint(), "C2");
    assertEvidence("C2", held, shown);
    assertRefused(payer.checkpoint(), "C2");
    assertEvidence("C2", held, shown);
  }

  @Test
  void fork_thatIsTakenBack_isForgottenByNobody() {
    payer.checkpoint().orElseThrow();
    SignedCheckpoint honest = tree.checkpoint();
    tree.change(2);
    assertRefused(payer.checkpoint(), "C2");
    tree.show(honest);
    assertThat(payer.checkpoint().orElseThrow().size()).isEqualTo(3);
    assertThat(payer.evidenceAgainstBank()).hasSize(1);
  }

  @Test
  void rollback_aSmallerTreeSignedLater_isEvidence() {
    payer.checkpoint().orElseThrow();
    SignedCheckpoint held = tree.checkpoint();
    tree.cut(2);
    later();
    SignedCheckpoint shown = tree.checkpoint();
    assertRefused(payer.checkpoint(), "C2");
    assertEvidence("C2", held, shown);
  }

  @Test
  void olderCheckpoint_shownAgain_isRefusedAndNoEvidence() {
    SignedCheckpoint old = tree.checkpoint();
    later();
    tree.addOthers(1);
    payer.checkpoint().orElseThrow();
    tree.show(old);
    assertRefused(payer.checkpoint(), "stale");
    assertThat(payer.evidenceAgainstBank()).isEmpty();
  }

  @Test
  void wrongKey_isRefusedAndNoEvidence() {
    tree.signWith(SigningKey.generate(new SecureRandom()));
    assertRefused(payer.checkpoint(), "C1");
    assertThat(payer.evidenceAgainstBank()).isEmpty();
    tree.signWith(null);
    payer.checkpoint().orElseThrow();
  }

  @Test
  void ownLine_thatIsLeftOut_isEvidence() {
    payer.checkpoint().orElseThrow();
    LogLine line = pay();
    tree.addOthers(1);
    payer.checkpoint().orElseThrow();
    SignedCheckpoint held = tree.checkpoint();
    later();
    tree.addOthers(1);
    SignedCheckpoint shown = tree.checkpoint();
    assertRefused(payer.checkpoint(), "C4");
    assertEvidence("C4", held, shown);
    tree.add(leaf(line));
    assertThat(payer.checkpoint().orElseThrow().size()).isEqualTo(6);
  }

  @Test
  void ownLine_ofTheLastMinute_needNotBeThereYet() {
    pay();
    bench.clock.advance(Duration.ofMillis(CheckpointDesk.SETTLED_MILLIS - 1));
    payer.checkpoint().orElseThrow();
    bench.clock.advance(Duration.ofMillis(1));
    tree.addOthers(1);
    assertRefused(payer.checkpoint(), "C4");
  }

  @Test
  void proofs_thatTheBankDenies_areEvidence() {
    payer.checkpoint().orElseThrow();
    SignedCheckpoint held = tree.checkpoint();
    tree.addOthers(1);
    tree.deny(true);
    SignedCheckpoint shown = tree.checkpoint();
    assertRefused(payer.checkpoint(), "C3");
    assertEvidence("C3", held, shown);
  }

  @Test
  void bank_outOfReach_isNoEvidence() {
    payer.checkpoint().orElseThrow();
    tree.change(0);
    bench.bank.offline(true);
    assertThat(payer.checkpoint().refusal()).isPresent();
    assertThat(payer.evidenceAgainstBank()).isEmpty();
  }

  @Test
  void recoveryEpoch_raised_beginsAnewAndKeepsTheOlder() {
    LogLine lost = pay();
    tree.add(leaf(lost));
    later();
    payer.checkpoint().orElseThrow();
    SignedCheckpoint held = tree.checkpoint();
    tree.cut(2);
    tree.change(0);
    bench.bank.recover();
    later();
    assertThat(payer.checkpoint().orElseThrow().size()).isEqualTo(2);
    assertThat(bench.events.seen).contains("anew 1", "checkpoint 2");
    CheckpointShelf.Evidence kept = payer.evidenceAgainstBank().get(0);
    assertThat(kept.step()).isEqualTo("recovery");
    assertThat(kept.older().sign1()).isEqualTo(held.sign1());
    tree.addOthers(1);
    later();
    assertThat(payer.checkpoint().orElseThrow().size())
        .as("the lost line is not asked for")
        .isEqualTo(3);
    tree.change(1);
    assertRefused(payer.checkpoint(), "C2");
  }

  @Test
  void recoveryEpoch_thatOnlyTheCheckpointNames_isNotBelieved() {
    payer.checkpoint().orElseThrow();
    Checkpoint honest = tree.checkpoint().unchecked();
    tree.claimRecovery(honest.recoveryEpoch() + 1);
    tree.cut(1);
    later();
    assertRefused(payer.checkpoint(), "C1");
    assertThat(payer.evidenceAgainstBank()).isEmpty();
  }
}

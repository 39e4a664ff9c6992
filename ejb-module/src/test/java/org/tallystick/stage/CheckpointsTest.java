package org.tallystick.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tallystick.answer.Answer;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.TestDevice;
import org.tallystick.crypto.Sha256;
import org.tallystick.evidence.EvidenceBundle;
import org.tallystick.evidence.EvidenceSide;
import org.tallystick.format.Suite;
import org.tallystick.keys.Bank;
import org.tallystick.keys.BankKeySet;
import org.tallystick.keys.KeySets;
import org.tallystick.keys.KeySetsFixture;
import org.tallystick.log.LogLine;
import org.tallystick.node.AtOnce;
import org.tallystick.node.Server;
import org.tallystick.tree.Checkpoint;
import org.tallystick.tree.CheckpointStage;
import org.tallystick.tree.Checkpoints;
import org.tallystick.tree.CheckpointsFixture;
import org.tallystick.tree.Inclusion;
import org.tallystick.tree.MerkleProof;
import org.tallystick.tree.MerkleTree;
import org.tallystick.tree.SignedCheckpoint;

/** Lines get into the tree once, whatever happens, and what was signed stays the beginning. */
class CheckpointsTest extends StagesCase {
  private static final int BATCH = 500;

  private CheckpointStage stage;
  private Checkpoints checkpoints;
  private KeySets keySets;

  @BeforeEach
  void wire() {
    stage = CheckpointsFixture.stage(bank.office);
    checkpoints = CheckpointsFixture.over(bank.office);
    keySets = KeySetsFixture.over(bank.office, new Bank(bank.office.environment));
    drain(); // what other tests have left
  }

  private int add(int limit) {
    return Server.inTransaction(bank.office.entities, () -> stage.add(limit));
  }

  private void drain() {
    while (add(BATCH) > 0) {
      // until none is due
    }
  }

  private Checkpoint newest() {
    SignedCheckpoint signed =
        Server.inTransaction(bank.office.entities, checkpoints::newest).orElseThrow();
    BankKeySet keys = BankKeySet.verify(keySets.current().signed(), keySets.root(), "TL");
    return Checkpoint.verify(signed, Suite.HYBRID, keys, Sha256.of(keySets.root().compressed()));
  }

  private LogLine pay() {
    SealedHalf ask = asked().seal();
    SealedHalf pay = paid().seal();
    bank.run(ask, pay);
    Answer answer = bank.answer(payer, pay, number);
    return answer.line();
  }

  private Optional<Inclusion> inclusion(TestDevice device, LogLine line, long size) {
    byte[] leaf = leaf(device, line);
    return Server.inTransaction(bank.office.entities, () -> checkpoints.inclusion(leaf, size));
  }

  private static byte[] leaf(TestDevice device, LogLine line) {
    return MerkleTree.leafHash(device.deviceId(), line.index(), line.head());
  }

  private Optional<List<byte[]>> proof(long from, long to) {
    return Server.inTransaction(bank.office.entities, () -> checkpoints.consistency(from, to));
  }

  @Test
  void lines_committed_areInTheTreeAfterTheNextRound() {
    long before = bank.count("select count(*) from tree_leaf");
    LogLine line = pay();
    assertThat(inclusion(payer, line, Long.MAX_VALUE)).isEmpty();
    assertThat(add(BATCH)).isEqualTo(2);
    Checkpoint now = newest();
    assertThat(now.size()).isEqualTo(before + 2);
    assertThat(inclusion(payer, line, now.size()).orElseThrow().holds(leaf(payer, line), now))
        .isTrue();
    assertThat(inclusion(payer, line, before)).isEmpty();
    assertThat(inclusion(payee, line, now.size())).isEmpty();
  }

  @Test
  void checkpoints_inARow_areConsistent() {
    pay();
    assertThat(add(1)).isEqualTo(1);
    Checkpoint first = newest();
    assertThat(add(1)).isEqualTo(1);
    Checkpoint second = newest();
    assertThat(second.size()).isEqualTo(first.size() + 1);
    assertThat(second.timeMillis()).isGreaterThan(first.timeMillis());
    assertThat(
            MerkleProof.consistent(
                first.size(),
                first.root(),
                second.size(),
                second.root(),
                proof(first.size(), second.size()).orElseThrow()))
        .isTrue();
    assertThat(proof(1, second.size())).isPresent();
    assertThat(proof(0, 1)).isEmpty();
    assertThat(proof(2, 1)).isEmpty();
    assertThat(proof(1, second.size() + 1)).isEmpty();
  }

  @Test
  void round_withNothingDue_signsNothing() {
    pay();
    drain();
    long signed = bank.count("select count(*) from tree_checkpoint");
    assertThat(add(BATCH)).isZero();
    assertThat(bank.count("select count(*) from tree_checkpoint")).isEqualTo(signed);
  }

  @Test
  void round_thatCrashes_leavesAllAsItWas() {
    LogLine line = pay();
    long leaves = bank.count("select count(*) from tree_leaf");
    long due = bank.count("select count(*) from tree_due");
    assertThatThrownBy(
            () ->
                Server.inTransaction(
                    bank.office.entities,
                    () -> {
                      stage.add(BATCH);
                      throw new IllegalStateException("the node ends here");
                    }))
        .hasMessage("the node ends here");
    assertThat(bank.count("select count(*) from tree_leaf")).isEqualTo(leaves);
    assertThat(bank.count("select count(*) from tree_due")).isEqualTo(due);
    drain();
    assertThat(inclusion(payer, line, newest().size())).isPresent();
  }

  @Test
  void line_thatCommitsLateWithALowerId_isNotSkipped() throws SQLException {
    try (Connection late = Server.connection()) {
      late.setAutoCommit(false);
      try (var insert = late.createStatement()) {
        insert.execute(
            "insert into log_line (device_pk, log_index, column1, column2, column3, salt, details)"
                + " values ("
                + payer.index()
                + ", 77, sha256(''), sha256(''), '\\x00', substr(sha256(''), 1, 16), '\\x00')");
      }
      pay();
      assertThat(add(BATCH)).isEqualTo(2);
      assertThat(add(BATCH)).isZero();
      late.commit();
    }
    assertThat(add(BATCH)).isEqualTo(1);
    assertThat(
            bank.count(
                "select count(*) from tree_leaf where log_index = 77 and device_pk = "
                    + payer.index()))
        .isEqualTo(1);
  }

  @Test
  void nodes_atOnce_putEachLineInOnce() throws Exception {
    pay();
    Stages other = new Stages(keys);
    CheckpointStage beside = CheckpointsFixture.stage(other.office);
    long before = bank.count("select count(*) from tree_leaf");
    List<Integer> added =
        AtOnce.run(
            2,
            node ->
                () ->
                    node == 0
                        ? add(BATCH)
                        : Server.inTransaction(other.office.entities, () -> beside.add(BATCH)));
    assertThat(added.get(0) + added.get(1)).isEqualTo(2);
    assertThat(newest().size()).isEqualTo(before + 2);
  }

  @Test
  void recoveryEpoch_raised_isSignedWithoutAnyLine_andNothingIsProvenBefore() throws Exception {
    pay();
    drain();
    Checkpoint before = newest();
    Files.writeString(keys.resolve("recovery-epoch"), "1");
    assertThat(Server.inTransaction(bank.office.entities, checkpoints::newest)).isEmpty();
    assertThat(proof(1, 1)).isEmpty();
    assertThat(add(BATCH)).isZero();
    Checkpoint after = newest();
    assertThat(after.recoveryEpoch()).isEqualTo(1);
    assertThat(after.size()).isEqualTo(before.size());
    assertThat(after.root()).isEqualTo(before.root());
    assertThat(after.timeMillis()).isGreaterThan(before.timeMillis());
  }

  @Test
  void evidence_ofLinesInTheTree_saysWhere() {
    pay();
    assertThat(bundle().checkpoint()).isNull();
    assertThat(add(1)).isEqualTo(1);
    assertThat(bundle().checkpoint()).as("only one of the two is in the tree").isNull();
    drain();
    EvidenceBundle bundle = bundle();
    Checkpoint checkpoint = newest();
    assertThat(bundle.checkpoint().unchecked().root()).isEqualTo(checkpoint.root());
    List<TestDevice> devices = List.of(payer, payee);
    for (int i = 0; i < 2; i++) {
      EvidenceSide side = bundle.sides().get(i);
      assertThat(side.inclusion().holds(leaf(devices.get(i), side.line()), checkpoint)).isTrue();
    }
  }
}

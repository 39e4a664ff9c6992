package org.tallystick.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SignatureAlgorithm;
import org.tallystick.crypto.SignatureKey;
import org.tallystick.format.Suite;
import org.tallystick.node.Environment;
import org.tallystick.node.Server;
import org.tallystick.party.BackOffice;

class KeySetsTest {
  @TempDir Path keys;
  private BackOffice office;
  private Bank bank;

  @BeforeEach
  void open() {
    office = new BackOffice(keys);
    bank = new Bank(office.environment);
  }

  private BankKeySet read(PublishedKeys published) {
    return BankKeySet.verify(
        published.signed(), published.root(), Sha256.of(published.root()), "TL");
  }

  @Test
  void published_staysTheSame_atEveryStart() {
    KeySets keySets = KeySetsFixture.over(office, bank);
    PublishedKeys first = keySets.current();
    office.clock.advance(Duration.ofDays(30));
    Server.inTransaction(
        office.entities,
        () -> {
          keySets.publish();
          return true;
        });
    assertThat(keySets.current().signed()).isEqualTo(first.signed());
    assertThat(first.version()).isEqualTo(1);
    BankKeySet set = read(first);
    assertThat(set.keys()).hasSize(6);
    assertThat(set.minimumSuite()).isEqualTo(Suite.CLASSIC);
    assertThat(set.valid(BankKey.RECEIPT, SignatureAlgorithm.ML_DSA_65, office.clock.millis()))
        .containsExactly(office.vault.secondReceiptSigner().orElseThrow().verificationKey());
    long now = office.clock.millis();
    assertThat(valid(set, BankKey.ANSWER, now))
        .containsExactly(office.vault.signer(KeyUse.ANSWER).verificationKey());
    assertThat(valid(set, BankKey.RECEIPT, now))
        .containsExactly(office.vault.signer(KeyUse.RECEIPT).verificationKey());
    assertThat(valid(set, BankKey.CERTIFICATE, now))
        .containsExactly(office.vault.signer(KeyUse.CERTIFICATE).verificationKey());
    assertThat(valid(set, BankKey.CHECKPOINT, now))
        .containsExactly(office.vault.signer(KeyUse.CHECKPOINT).verificationKey());
    assertThat(set.valid(BankKey.CHECKPOINT, SignatureAlgorithm.ML_DSA_65, now))
        .containsExactly(office.vault.secondCheckpointSigner().orElseThrow().verificationKey());
  }

  @Test
  void newName_givesANewVersion_andKeepsWhatWasValid() {
    BankKeySet first = compose(bank, Optional.empty()).orElseThrow();
    office.clock.advance(Duration.ofDays(400));
    Bank renamed = new Bank(new Environment(Map.of("TALLYSTICK_BANK_NAME", "New Bank")));
    BankKeySet second = compose(renamed, Optional.of(first)).orElseThrow();
    assertThat(second.version()).isEqualTo(2);
    assertThat(second.bankName()).isEqualTo("New Bank");
    assertThat(second.keys()).hasSize(6);
    assertThat(valid(second, BankKey.RECEIPT, first.createdMillis()))
        .isEqualTo(valid(first, BankKey.RECEIPT, first.createdMillis()));
  }

  @Test
  void recoveryEpoch_thatIsRaised_isPublished_aboveAllVersionsBefore_andNeverGoesBack()
      throws Exception {
    BankKeySet first = compose(bank, Optional.empty()).orElseThrow();
    assertThat(first.recoveryEpoch()).isZero();
    Files.writeString(keys.resolve("recovery-epoch"), "2\n");
    BankKeySet second = compose(bank, Optional.of(first)).orElseThrow();
    assertThat(second.recoveryEpoch()).isEqualTo(2);
    assertThat(second.version()).isEqualTo(2_000_001);
    assertThat(compose(bank, Optional.of(second))).isEmpty();
    Files.delete(keys.resolve("recovery-epoch"));
    assertThatThrownBy(() -> compose(bank, Optional.of(second)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("recovery epoch 2")
        .hasMessageContaining("TALLYSTICK_KEYS");
    Files.writeString(keys.resolve("recovery-epoch"), "two");
    assertThatThrownBy(() -> office.vault.recoveryEpoch())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("one whole number");
  }

  @Test
  void endOfValidity_isPutOffInTime() {
    BankKeySet first = compose(bank, Optional.empty()).orElseThrow();
    office.clock.advance(Duration.ofDays(4 * 365L - 1));
    assertThat(compose(bank, Optional.of(first))).isEmpty();
    office.clock.advance(Duration.ofDays(2));
    assertThat(compose(bank, Optional.of(first)).orElseThrow().version()).isEqualTo(2);
  }

  @Test
  void keyThatHasGone_staysListed_upToThatTime(@TempDir Path others) {
    BankKeySet first = compose(bank, Optional.empty()).orElseThrow();
    BackOffice rekeyed = new BackOffice(others);
    rekeyed.clock.advance(Duration.ofDays(10));
    long now = rekeyed.clock.millis();
    BankKeySet second =
        new KeySetComposer(bank, rekeyed.vault).next(Optional.of(first), now).orElseThrow();
    assertThat(second.keys()).hasSize(12);
    assertThat(valid(second, BankKey.RECEIPT, first.createdMillis()))
        .containsExactly(office.vault.signer(KeyUse.RECEIPT).verificationKey());
    assertThat(valid(second, BankKey.RECEIPT, now + 1))
        .containsExactly(rekeyed.vault.signer(KeyUse.RECEIPT).verificationKey());
  }

  @Test
  void minimumSuite_raised_isPublished_andMayNotBeLowered() {
    BankKeySet first = compose(bank, Optional.empty()).orElseThrow();
    Bank strict = new Bank(new Environment(Map.of("TALLYSTICK_MINIMUM_SUITE", "2")));
    BankKeySet second = compose(strict, Optional.of(first)).orElseThrow();
    assertThat(second.version()).isEqualTo(2);
    assertThat(second.minimumSuite()).isEqualTo(Suite.HYBRID);
    assertThat(second.mayFollow(first)).isTrue();
    assertThat(first.mayFollow(second)).isFalse();
    assertThatThrownBy(() -> compose(bank, Optional.of(second)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TALLYSTICK_MINIMUM_SUITE");
  }

  @Test
  void recoveryEpoch_raised_isPublished_andMayNotBeLowered() throws IOException {
    BankKeySet first = compose(bank, Optional.empty()).orElseThrow();
    Path file = keys.resolve("recovery-epoch");
    Files.writeString(file, "1");
    BankKeySet second = compose(bank, Optional.of(first)).orElseThrow();
    assertThat(second.recoveryEpoch()).isEqualTo(1);
    Files.delete(file);
    assertThatThrownBy(() -> compose(bank, Optional.of(second)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("recovery epoch");
  }

  private static List<SignatureKey> valid(BankKeySet set, String use, long atMillis) {
    return set.valid(use, SignatureAlgorithm.ES256, atMillis);
  }

  private Optional<BankKeySet> compose(Bank of, Optional<BankKeySet> held) {
    return new KeySetComposer(of, office.vault).next(held, office.clock.millis());
  }
}

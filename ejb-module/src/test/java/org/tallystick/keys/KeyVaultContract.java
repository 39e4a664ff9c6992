package org.tallystick.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.node.MovableClock;

/** What every vault keeps to, wherever its keys are. */
abstract class KeyVaultContract {
  static final byte[] PLAIN = "chain".getBytes(UTF_8);
  private static final BigInteger HALF_ORDER =
      new BigInteger("7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8", 16);

  @TempDir Path folder;
  @TempDir Path otherFolder;
  final MovableClock clock = new MovableClock();
  final SecureRandom random = new SecureRandom();

  /** Another node over the same keys and the same folder. */
  abstract KeyVault vault();

  /** A node with other keys. */
  abstract KeyVault stranger();

  @Test
  void wrapped_opensAgain_alsoAfterRestart_andOnTheNextDay() {
    byte[] wrapped = vault().wrap(PLAIN, "device/7");
    assertThat(wrapped).hasSize(PLAIN.length + 33);
    clock.advance(Duration.ofDays(1));
    KeyVault restarted = vault();
    assertThat(restarted.unwrap(wrapped, "device/7")).isEqualTo(PLAIN);
    assertThat(restarted.dayKeyId()).isEqualTo(restarted.dayKeyIdOf(wrapped) + 1);
  }

  @Test
  void wrapped_underAnotherContext_doesNotOpen() {
    byte[] wrapped = vault().wrap(PLAIN, "device/7");
    assertThatThrownBy(() -> vault().unwrap(wrapped, "device/8"))
        .isInstanceOf(SealBrokenException.class);
  }

  @Test
  void wrapped_flippedAnywhere_doesNotOpen() {
    KeyVault vault = vault();
    byte[] wrapped = vault.wrap(PLAIN, "c");
    for (int i = 0; i < wrapped.length; i++) {
      byte[] flipped = wrapped.clone();
      flipped[i] ^= 1;
      assertThatThrownBy(() -> vault.unwrap(flipped, "c"))
          .isInstanceOfAny(SealBrokenException.class, KeyGoneException.class);
    }
    assertThatThrownBy(() -> vault.unwrap(new byte[3], "c"))
        .isInstanceOf(SealBrokenException.class);
  }

  @Test
  void dayKeyFile_changedOrAnotherDays_doesNotOpen() throws Exception {
    KeyVault vault = vault();
    byte[] wrapped = vault.wrap(PLAIN, "c");
    Path file = folder.resolve("days").resolve(vault.dayKeyId() + ".key");
    byte[] sealed = Files.readAllBytes(file);
    for (int i : new int[] {0, 11, 12, 30, sealed.length - 1}) {
      byte[] flipped = sealed.clone();
      flipped[i] ^= 1;
      Files.write(file, flipped);
      assertThatThrownBy(() -> vault().unwrap(wrapped, "c"))
          .isInstanceOf(SealBrokenException.class);
    }
    Files.write(file, Arrays.copyOf(sealed, 5));
    assertThatThrownBy(() -> vault().unwrap(wrapped, "c")).isInstanceOf(SealBrokenException.class);
    Files.write(file, sealed);
    assertThat(vault().unwrap(wrapped, "c")).isEqualTo(PLAIN);
    clock.advance(Duration.ofDays(1));
    Files.write(folder.resolve("days").resolve(vault.dayKeyId() + ".key"), sealed);
    assertThatThrownBy(() -> vault().wrap(PLAIN, "c")).isInstanceOf(SealBrokenException.class);
  }

  @Test
  void dayKey_destroyed_opensNothingAnyMore_evenOnANodeThatHadItOpen() {
    KeyVault one = vault();
    KeyVault two = vault();
    byte[] wrapped = one.wrap(PLAIN, "c");
    assertThat(two.unwrap(wrapped, "c")).isEqualTo(PLAIN);
    int id = one.dayKeyId();
    assertThatThrownBy(() -> one.destroyDayKey(id)).isInstanceOf(IllegalArgumentException.class);
    clock.advance(Duration.ofDays(1));
    one.destroyDayKey(id);
    assertThatThrownBy(() -> two.unwrap(wrapped, "c")).isInstanceOf(KeyGoneException.class);
    assertThatThrownBy(() -> vault().unwrap(wrapped, "c")).isInstanceOf(KeyGoneException.class);
  }

  @Test
  void personalKey_sealsUnderItsContextOnly() {
    PersonalKey key = vault().personalKey();
    byte[] blob = key.sealText("Ada", "party/1/name");
    assertThat(vault().personalKey().openText(blob, "party/1/name")).isEqualTo("Ada");
    assertThatThrownBy(() -> key.open(blob, "party/2/name"))
        .isInstanceOf(SealBrokenException.class);
    assertThat(key.sealText("Ada", "party/1/name")).isNotEqualTo(blob);
  }

  @Test
  void keys_stayTheSame_andDiffer() {
    KeyVault one = vault();
    KeyVault two = vault();
    assertThat(two.aliasKey()).hasSize(32).isEqualTo(one.aliasKey());
    assertThat(two.searchKey()).hasSize(32).isEqualTo(one.searchKey());
    assertThat(two.tokenKey()).hasSize(32).isEqualTo(one.tokenKey());
    assertThat(two.checkValue()).hasSize(32).isEqualTo(one.checkValue());
    assertThat(one.aliasKey()).isNotEqualTo(one.searchKey()).isNotEqualTo(one.tokenKey());
    for (KeyUse use : KeyUse.values()) {
      byte[] signature = one.signer(use).sign(PLAIN);
      assertThat(two.signer(use).verificationKey().verify(PLAIN, signature)).isTrue();
    }
    assertThat(one.signer(KeyUse.ROOT).verificationKey())
        .isNotEqualTo(one.signer(KeyUse.ANSWER).verificationKey());
  }

  @Test
  void otherKeys_giveAnotherCheckValue_andOpenNothing() {
    KeyVault vault = vault();
    KeyVault stranger = stranger();
    assertThat(stranger.checkValue()).hasSize(32).isNotEqualTo(vault.checkValue());
    byte[] wrapped = vault.wrap(PLAIN, "c");
    assertThat(stranger.wrap(PLAIN, "c")).isNotEqualTo(wrapped);
    assertThatThrownBy(() -> stranger.unwrap(wrapped, "c")).isInstanceOf(SealBrokenException.class);
    for (KeyUse use : KeyUse.values()) {
      byte[] signature = vault.signer(use).sign(PLAIN);
      assertThat(stranger.signer(use).verificationKey().verify(PLAIN, signature)).isFalse();
    }
  }

  @Test
  void signature_is64Bytes_withTheSmallerS_andFitsItsMessageOnly() {
    KeyVault vault = vault();
    for (int i = 0; i < 40; i++) {
      byte[] message = {(byte) i};
      byte[] signature = vault.signer(KeyUse.ANSWER).sign(message);
      assertThat(signature).hasSize(64);
      assertThat(new BigInteger(1, Arrays.copyOfRange(signature, 32, 64)))
          .isLessThanOrEqualTo(HALF_ORDER);
      assertThat(vault.signer(KeyUse.ANSWER).verificationKey().verify(message, signature)).isTrue();
      assertThat(vault.signer(KeyUse.ANSWER).verificationKey().verify(PLAIN, signature)).isFalse();
    }
  }

  @Test
  void vault_usedBy32Threads_staysRight() throws Exception {
    KeyVault vault = vault();
    var threads = Executors.newFixedThreadPool(32);
    try {
      List<Future<Boolean>> results = new ArrayList<>();
      for (int thread = 0; thread < 32; thread++) {
        int number = thread;
        results.add(
            threads.submit(
                () -> {
                  KeyUse use = number % 2 == 0 ? KeyUse.ANSWER : KeyUse.RECEIPT;
                  boolean right = true;
                  for (int i = 0; i < 25; i++) {
                    byte[] message = (number + "/" + i).getBytes(UTF_8);
                    byte[] signature = vault.signer(use).sign(message);
                    right &= vault.signer(use).verificationKey().verify(message, signature);
                    byte[] wrapped = vault.wrap(message, "c");
                    right &= Arrays.equals(vault.unwrap(wrapped, "c"), message);
                  }
                  return right;
                }));
      }
      for (Future<Boolean> result : results) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void vault_inOrder_answers() {
    assertThat(vault().answers()).isTrue();
  }
}

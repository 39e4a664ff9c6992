package org.tallystick.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.node.Environment;
import org.tallystick.node.MovableClock;

class Pkcs12KeyVaultTest {
  private static final char[] PASSWORD = "correct horse battery".toCharArray();
  private static final byte[] PLAIN = "chain".getBytes(UTF_8);

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock();
  private final SecureRandom random = new SecureRandom();

  private KeyVault vault() {
    return Pkcs12KeyVault.open(folder, PASSWORD, clock, random);
  }

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
  void vault_wrongPassword_isRefusedWithAClearMessage() {
    vault();
    assertThatThrownBy(() -> Pkcs12KeyVault.open(folder, "another".toCharArray(), clock, random))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TALLYSTICK_KEYS_PASSWORD");
  }

  @Test
  void files_areForTheOperatorOnly() throws Exception {
    Environment environment = new Environment(Map.of("TALLYSTICK_KEYS", folder + "/k"));
    KeyVault vault = new NodeKeys().vault(environment, clock, random);
    vault.wrap(PLAIN, "c");
    byte[] check = vault.checkValue();
    assertThat(new NodeKeys().vault(environment, clock, random).checkValue()).isEqualTo(check);
    try (var files = Files.walk(folder.resolve("k"))) {
      assertThat(files.filter(Files::isRegularFile))
          .hasSize(3)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }
}

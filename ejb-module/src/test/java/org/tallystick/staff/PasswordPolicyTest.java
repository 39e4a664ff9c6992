package org.tallystick.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tallystick.node.Environment;

class PasswordPolicyTest {
  private static PasswordPolicy policy(Map<String, String> variables) {
    return PasswordPolicy.of(new Environment(variables));
  }

  @Test
  void policy_withoutSettings_isArgon2id_asOwaspSays() {
    assertThat(policy(Map.of()).cost()).isEqualTo(PasswordCost.argon2id(19_456, 2, 1));
    assertThat(policy(Map.of("TALLYSTICK_PASSWORD_SCHEME", "PBKDF2")).cost())
        .isEqualTo(PasswordCost.pbkdf2(600_000));
  }

  @ParameterizedTest
  @CsvSource({
    "TALLYSTICK_PASSWORD_SCHEME, scrypt",
    "TALLYSTICK_ARGON2_MEMORY_KIB, 19455",
    "TALLYSTICK_ARGON2_MEMORY_KIB, 262145",
    "TALLYSTICK_ARGON2_ITERATIONS, 1",
    "TALLYSTICK_ARGON2_ITERATIONS, 17",
    "TALLYSTICK_ARGON2_LANES, 0",
    "TALLYSTICK_ARGON2_LANES, 5"
  })
  void policy_outsideTheBounds_isRefused(String name, String value) {
    assertThatThrownBy(() -> policy(Map.of(name, value)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(name);
  }

  @Test
  void turns_areHalfTheProcessors_andFitIntoAQuarterOfTheHeap() {
    PasswordPolicy policy = policy(Map.of());
    long mebibyte = 1024 * 1024;
    assertThat(policy.turns(8, 512 * mebibyte)).isEqualTo(4);
    assertThat(policy.turns(64, 512 * mebibyte)).isEqualTo(6);
    assertThat(policy.turns(1, 512 * mebibyte)).isOne();
    assertThatThrownBy(() -> policy.turns(8, 75 * mebibyte))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void cost_coversWhatIsLess_ofTheSameSchemeOnly() {
    PasswordCost least = PasswordCost.argon2id(19_456, 2, 1);
    assertThat(PasswordCost.argon2id(19_456, 3, 1).covers(least)).isTrue();
    assertThat(least.covers(PasswordCost.argon2id(19_457, 2, 1))).isFalse();
    assertThat(PasswordCost.argon2id(65_536, 1, 1).covers(least)).isFalse();
    assertThat(PasswordCost.pbkdf2(50_000_000).covers(least)).isFalse();
    assertThat(least.covers(PasswordCost.pbkdf2(600_000))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password1234",
        "PassWord12345!",
        "administrator",
        "qwertyuiop[]",
        "qwertyuiopasdf",
        "123456789012",
        "abcdefghijklmnop",
        "1qaz2wsx3edc4rfv",
        "zyxwvutsrqponml",
        "121212121212",
        "tallysticktallystick1",
        "Clerk.Anna-2026",
        "clerk.annaclerk.anna",
        "correcthorsebatterystaple",
        "ｐａｓｓｗｏｒｄ１２３４"
      })
  void password_thatIsTriedFirst_isFound(String password) {
    assertThat(GuessablePasswords.contain(password, "clerk.anna")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a password of my own",
        "v7QmD2yXcB9s",
        "my tallystick opens nothing",
        "anna-rows-boats"
      })
  void password_ofOnesOwn_isNot(String password) {
    assertThat(GuessablePasswords.contain(password, "anna")).isFalse();
  }
}

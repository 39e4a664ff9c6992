package org.tallystick.staff;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StaffUserTest {
  private static final OffsetDateTime NOW =
      OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  private final StaffUser user =
      new StaffUser(
          "clerk",
          Set.of(Role.CLERK),
          new PasswordHash(new byte[16], new byte[32], PasswordCost.pbkdf2(600_000)),
          NOW);

  @Test
  void attempts_afterThreeFailures_rest() {
    for (int i = 0; i < 4; i++) {
      assertThat(user.countAttempt(NOW)).isTrue();
    }
    assertThat(user.countAttempt(NOW)).isFalse();
    assertThat(user.countAttempt(NOW.plusSeconds(2))).isTrue();
    assertThat(user.countAttempt(NOW.plusSeconds(5))).isFalse();
    assertThat(user.countAttempt(NOW.plusSeconds(6))).isTrue();
  }

  @Test
  void rest_grows_upToFifteenMinutes() {
    assertThat(StaffUser.rest(1)).isEqualTo(Duration.ofSeconds(2));
    assertThat(StaffUser.rest(9)).isEqualTo(Duration.ofSeconds(512));
    assertThat(StaffUser.rest(1000)).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void success_beginsTheCountAnew() {
    for (int i = 0; i < 4; i++) {
      user.countAttempt(NOW);
    }
    user.attemptSucceeded();
    assertThat(user.countAttempt(NOW)).isTrue();
  }

  @Test
  void oneTimePassword_isReplacedByAnOwnOne() {
    assertThat(user.oneTime()).isTrue();
    user.choosePassword(new PasswordHash(new byte[16], new byte[32], PasswordCost.pbkdf2(600_000)));
    assertThat(user.oneTime()).isFalse();
  }
}

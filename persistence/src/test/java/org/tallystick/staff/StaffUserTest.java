package org.tallystick.staff;

import static org.assertj.core.api.Assertions.assertThat;

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
  void oneTimePassword_isReplacedByAnOwnOne() {
    assertThat(user.oneTime()).isTrue();
    user.choosePassword(new PasswordHash(new byte[16], new byte[32], PasswordCost.pbkdf2(600_000)));
    assertThat(user.oneTime()).isFalse();
  }
}

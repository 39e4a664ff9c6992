package org.tallystick.staff;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SignInAttemptTest {
  @Test
  void rest_grows_upToFifteenMinutes() {
    assertThat(SignInAttempt.rest(1)).isEqualTo(Duration.ofSeconds(2));
    assertThat(SignInAttempt.rest(9)).isEqualTo(Duration.ofSeconds(512));
    assertThat(SignInAttempt.rest(1000)).isEqualTo(Duration.ofMinutes(15));
  }
}

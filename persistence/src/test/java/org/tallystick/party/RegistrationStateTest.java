package org.tallystick.party;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RegistrationStateTest {
  @ParameterizedTest
  @CsvSource({
    "APPLIED,ACTIVE",
    "APPLIED,REFUSED",
    "ACTIVE,LAPSED",
    "ACTIVE,SUSPENDED",
    "ACTIVE,CLOSED",
    "SUSPENDED,ACTIVE",
    "SUSPENDED,CLOSED",
    "LAPSED,ACTIVE",
    "LAPSED,CLOSED"
  })
  void state_permittedNext_isPermitted(RegistrationState from, RegistrationState to) {
    assertThat(from.permits(to)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void state_finalOnes_permitNothing(RegistrationState to) {
    assertThat(RegistrationState.REFUSED.permits(to)).isFalse();
    assertThat(RegistrationState.CLOSED.permits(to)).isFalse();
  }

  @Test
  void state_otherPairs_areNotPermitted() {
    int permitted = 0;
    for (RegistrationState from : RegistrationState.values()) {
      permitted += from.next().size();
    }
    assertThat(permitted).isEqualTo(9);
  }

  @ParameterizedTest
  @EnumSource
  void onlyActive_mayTransact(RegistrationState state) {
    assertThat(state.mayTransact()).isEqualTo(state == RegistrationState.ACTIVE);
  }
}

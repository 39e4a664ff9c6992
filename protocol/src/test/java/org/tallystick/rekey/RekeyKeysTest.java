package org.tallystick.rekey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.Secret;
import org.tallystick.format.Suite;
import org.tallystick.request.RequestArguments;

/** The keys of a rekey, which a device keeps from the request to the reply. */
class RekeyKeysTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @ParameterizedTest
  @EnumSource(Suite.class)
  void keys_storedAndReadBack_areTheSame(Suite suite) {
    try (RekeyKeys keys = RekeyKeys.generate(suite, RANDOM);
        Secret stored = keys.toSecret();
        RekeyKeys again = RekeyKeys.of(stored)) {
      assertThat(stored.length()).isEqualTo(suite == Suite.HYBRID ? 96 : 32);
      assertThat(again.toSecret()).isEqualTo(stored);
      RequestArguments.Rekey asked = keys.arguments(4, 9);
      RequestArguments.Rekey same = again.arguments(4, 9);
      assertThat(same.ephemeralKey()).isEqualTo(asked.ephemeralKey());
      assertThat(same.encapsulationKey()).isEqualTo(asked.encapsulationKey());
      assertThat(asked.encapsulationKey() != null).isEqualTo(suite == Suite.HYBRID);
      assertThat(asked.epoch()).isEqualTo(4);
      assertThat(asked.next()).isEqualTo(9);
    }
  }

  @Test
  void keys_ofAnotherLength_areMalformed() {
    byte[] bytes = new byte[100];
    Arrays.fill(bytes, (byte) 1);
    for (int length : new int[] {0, 31, 33, 64, 95, 97}) {
      Secret stored = Secret.copyOf(Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> RekeyKeys.of(stored)).isInstanceOf(MalformedInputException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(Suite.class)
  void keys_closed_giveNothingAnyMore(Suite suite) {
    RekeyKeys keys = RekeyKeys.generate(suite, RANDOM);
    keys.close();
    assertThatThrownBy(keys::toSecret).isInstanceOf(IllegalStateException.class);
  }
}

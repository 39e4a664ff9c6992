package org.tallystick.alias;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tallystick.crypto.Secret;

/** An alias leads its own key back to one device, and nobody else anywhere. */
class AliasKeyTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  private static AliasKey key(int keyId) {
    return new AliasKey(keyId, Secret.copyOf(new byte[32]));
  }

  @Test
  void alias_ofADevice_leadsBackToItsIndex() {
    for (int keyId : new int[] {0, 7, 127, 128, 255}) {
      for (long index : new long[] {0, 1, Long.MAX_VALUE}) {
        byte[] alias = key(keyId).alias(index, RANDOM);
        assertThat(alias).hasSize(AliasKey.LENGTH);
        assertThat(alias[0]).isEqualTo((byte) keyId);
        assertThat(key(keyId).deviceIndex(alias)).contains(index);
      }
    }
  }

  @Test
  void aliases_ofOneDevice_haveNothingInCommon() {
    byte[] one = key(1).alias(5, RANDOM);
    byte[] other = key(1).alias(5, RANDOM);
    assertThat(Arrays.copyOfRange(one, 1, 9)).isNotEqualTo(Arrays.copyOfRange(other, 1, 9));
    assertThat(Arrays.copyOfRange(one, 9, 17)).isNotEqualTo(Arrays.copyOfRange(other, 9, 17));
  }

  @Test
  void alias_ofAnotherKeyOrLength_isNobody() {
    byte[] alias = key(1).alias(5, RANDOM);
    assertThat(key(2).deviceIndex(alias)).isEmpty();
    assertThat(key(1).deviceIndex(Arrays.copyOf(alias, 16))).isEmpty();
    assertThat(key(1).deviceIndex(Arrays.copyOf(alias, 18))).isEmpty();
    assertThat(key(1).deviceIndex(new byte[0])).isEmpty();
  }

  @Test
  void keyId_outsideOneByte_isRefused() {
    for (int keyId : new int[] {-1, 256}) {
      assertThatThrownBy(() -> key(keyId)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void key_closed_makesAndOpensNothing() {
    AliasKey key = key(1);
    byte[] alias = key.alias(5, RANDOM);
    key.close();
    assertThatThrownBy(() -> key.alias(5, RANDOM)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> key.deviceIndex(alias)).isInstanceOf(IllegalStateException.class);
  }
}

package org.tallystick.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class SecretTest {
  @Test
  void copyOf_leavesTheCallersArrayAlone() {
    byte[] own = {1, 2, 3};
    Secret secret = Secret.copyOf(own);
    secret.close();
    assertThat(own).containsExactly(1, 2, 3);
  }

  @Test
  void adopt_closed_wipesTheArrayAndRevealsNothing() {
    byte[] own = {1, 2, 3};
    Secret secret = Secret.adopt(own);
    assertThat(secret.reveal()).isSameAs(own);
    secret.close();
    secret.close();
    assertThat(own).containsOnly(0);
    assertThat(secret.length()).isEqualTo(3);
    assertThatThrownBy(secret::reveal).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void equality_isByContentUntilWiped() {
    Secret a = Secret.copyOf(new byte[] {1, 2});
    Secret b = Secret.copyOf(new byte[] {1, 2});
    assertThat(a).isEqualTo(b).hasSameHashCodeAs(b);
    assertThat(a).isNotEqualTo(Secret.copyOf(new byte[] {1, 3}));
    assertThat(a).isNotEqualTo(Secret.copyOf(new byte[] {1, 2, 0}));
    a.close();
    b.close();
    assertThat(a).isNotEqualTo(b);
  }

  @Test
  void shownOrSerialised_givesNothing() {
    Secret secret = Secret.random(new SecureRandom(), 32);
    assertThat(secret).hasToString("Secret(32 bytes)").isNotInstanceOf(Serializable.class);
    assertThat(secret.reveal()).hasSize(32).isNotEqualTo(new byte[32]);
  }

  @Test
  void secret_wiped_equalsOnlyItself() {
    Secret secret = Secret.copyOf(new byte[] {1, 2});
    secret.close();
    Object same = secret;
    assertThat(secret).isEqualTo(same);
    assertThat(secret).isNotEqualTo(Secret.copyOf(new byte[2]));
  }
}

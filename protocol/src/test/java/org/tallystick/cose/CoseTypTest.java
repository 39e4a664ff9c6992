package org.tallystick.cose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.tallystick.crypto.SignatureAlgorithm;
import org.tallystick.crypto.SigningKey;

/** The type that a signature is bound to, and messages compared by their bytes. */
class CoseTypTest {
  private static final byte[] AAD = {1};
  private static final byte[] PAYLOAD = {2};

  private final SigningKey key = SigningKey.generate(new SecureRandom());

  private CoseSign1 signed(String typ) {
    return CoseSign1.sign(key, typ, AAD, PAYLOAD);
  }

  @Test
  void typ_ofOneTo64Characters_isSignedAndReadAndNoOther() {
    for (String typ : new String[] {"t", "t".repeat(64)}) {
      CoseSign1 read = CoseSign1.decode(signed(typ).encoded());
      assertThat(read.typ()).isEqualTo(typ);
      assertThat(read.algorithm()).isEqualTo(SignatureAlgorithm.ES256);
      assertThat(read.verify(key.verificationKey(), typ, AAD)).isTrue();
      assertThat(read.verify(key.verificationKey(), typ + "x", AAD)).isFalse();
    }
    for (String typ : new String[] {"", "t".repeat(65)}) {
      assertThatThrownBy(() -> signed(typ)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void message_equalByItsBytes_hasOneHashAndShowsItsLength() {
    CoseSign1 message = signed("t");
    CoseSign1 same = CoseSign1.decode(message.encoded());
    CoseSign1 other = signed("u");
    assertThat(message).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
    assertThat(message).isNotEqualTo("text");
    assertThat(message.hashCode()).isNotEqualTo(other.hashCode());
    assertThat(message).hasToString("CoseSign1(" + message.encoded().length + " bytes)");
    assertThat(same.protectedBytes()).isEqualTo(message.protectedBytes()).isNotEmpty();
    assertThat(same.signature()).isEqualTo(message.signature()).hasSize(64);
    assertThat(same.payload()).isEqualTo(PAYLOAD);
  }
}

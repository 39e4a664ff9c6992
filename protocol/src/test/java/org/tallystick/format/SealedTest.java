package org.tallystick.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.cose.CoseEncrypt0;
import org.tallystick.crypto.Secret;

/** What is sealed comes back under the same keys, external data, headers and length alone. */
class SealedTest {
  private static final int LENGTH = 512;
  private static final byte[] AAD = {1};
  private static final byte[] CONTENT = {7, 8};

  private final Sealed seal = seal(1, 2);

  private static Sealed seal(int key, int ivKey) {
    return new Sealed(secret(key), secret(ivKey));
  }

  private static Secret secret(int first) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) first;
    return Secret.adopt(bytes);
  }

  @Test
  void padded_openedWithTheSame_comesBack() {
    byte[] sealed = seal.sealPadded(AAD, CONTENT, LENGTH);
    assertThat(seal.openPadded(sealed, AAD, LENGTH)).hasValue(CONTENT);
    assertThat(seal(3, 2).openPadded(sealed, AAD, LENGTH)).isEmpty();
    assertThat(seal(1, 3).openPadded(sealed, AAD, LENGTH)).isEmpty(); // the IV is another
    assertThat(seal.openPadded(sealed, new byte[] {2}, LENGTH)).isEmpty();
    malformed(() -> seal.openPadded(sealed, AAD, LENGTH + 1));
  }

  @Test
  void padded_withAFurtherHeader_isMalformed() {
    byte[] padded = Padding.pad(CONTENT, LENGTH);
    byte[] further = seal.seal(Cbor.map().put(9, Cbor.NULL).build(), AAD, padded);
    malformed(() -> seal.openPadded(further, AAD, LENGTH));
    byte[] none = seal.seal(Cbor.map().build(), AAD, padded);
    assertThat(seal.openPadded(none, AAD, LENGTH)).hasValue(CONTENT);
  }

  @Test
  void message_equalByContent_hasOneHash() {
    byte[] sealed = seal.sealPadded(AAD, CONTENT, LENGTH);
    CoseEncrypt0 message = CoseEncrypt0.decode(sealed);
    CoseEncrypt0 same = CoseEncrypt0.decode(sealed);
    CoseEncrypt0 other = CoseEncrypt0.decode(seal.sealPadded(AAD, AAD, LENGTH));
    byte[] changed = sealed.clone();
    changed[changed.length - 1] ^= 1;
    CoseEncrypt0 otherTag = CoseEncrypt0.decode(changed);
    assertThat(message).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(message).isNotEqualTo(other).isNotEqualTo(otherTag).isNotEqualTo("text");
    assertThat(message.hashCode()).isNotEqualTo(other.hashCode());
    assertThat(message.hashCode()).isNotEqualTo(otherTag.hashCode());
    assertThat(message.encode()).isEqualTo(sealed);
    assertThat(message).hasToString("CoseEncrypt0(" + (LENGTH + 16) + " bytes of ciphertext)");
  }

  private static void malformed(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(MalformedInputException.class);
  }
}

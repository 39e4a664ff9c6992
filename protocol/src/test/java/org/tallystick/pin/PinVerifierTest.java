package org.tallystick.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.tallystick.crypto.Secret;

/** A proof shows one PIN for one code or one change, and nothing else. */
class PinVerifierTest {
  private static final byte[] SALT = new byte[16];
  private static final byte[] DEVICE = new byte[16];
  private static final byte[] BILL = new byte[32];
  private static final byte[] NONCE = new byte[16];
  private static final byte[] NEW = new byte[32];

  private final Secret pinSecret = Secret.copyOf(new byte[32]);
  private final Secret pinKey = Secret.copyOf(new byte[32]);
  private final PinVerifier verifier = ofPin("1234");

  private PinVerifier ofPin(String pin) {
    return PinVerifier.ofPin(pin.toCharArray(), pinSecret, SALT, 2);
  }

  @Test
  void proof_ofThePinAndItsCode_isAcceptedAndOfNothingElse() {
    byte[] proof = verifier.proof(pinKey, DEVICE, 1, 7, 1, BILL);
    assertThat(proof).hasSize(32);
    assertThat(verifier.accepts(proof, pinKey, DEVICE, 1, 7, 1, BILL)).isTrue();
    assertThat(ofPin("1234").accepts(proof, pinKey, DEVICE, 1, 7, 1, BILL)).isTrue();
    assertThat(ofPin("1235").accepts(proof, pinKey, DEVICE, 1, 7, 1, BILL)).isFalse();
    Secret otherKey = Secret.copyOf(NEW.clone());
    otherKey.reveal()[0] = 1;
    assertThat(verifier.accepts(proof, otherKey, DEVICE, 1, 7, 1, BILL)).isFalse();
    assertThat(verifier.accepts(proof, pinKey, new byte[15], 1, 7, 1, BILL)).isFalse();
    assertThat(verifier.accepts(proof, pinKey, DEVICE, 2, 7, 1, BILL)).isFalse();
    assertThat(verifier.accepts(proof, pinKey, DEVICE, 1, 8, 1, BILL)).isFalse();
    assertThat(verifier.accepts(proof, pinKey, DEVICE, 1, 7, 2, BILL)).isFalse();
    assertThat(verifier.accepts(proof, pinKey, DEVICE, 1, 7, 1, new byte[31])).isFalse();
    assertThat(verifier.acceptsChange(proof, pinKey, DEVICE, 1, NONCE, NEW)).isFalse();
  }

  @Test
  void changeProof_ofThePinAndItsChange_isAcceptedAndOfNothingElse() {
    byte[] proof = verifier.changeProof(pinKey, DEVICE, 1, NONCE, NEW);
    assertThat(proof).hasSize(32);
    assertThat(verifier.acceptsChange(proof, pinKey, DEVICE, 1, NONCE, NEW)).isTrue();
    assertThat(ofPin("4321").acceptsChange(proof, pinKey, DEVICE, 1, NONCE, NEW)).isFalse();
    assertThat(verifier.acceptsChange(proof, pinKey, new byte[15], 1, NONCE, NEW)).isFalse();
    assertThat(verifier.acceptsChange(proof, pinKey, DEVICE, 2, NONCE, NEW)).isFalse();
    assertThat(verifier.acceptsChange(proof, pinKey, DEVICE, 1, new byte[15], NEW)).isFalse();
    assertThat(verifier.acceptsChange(proof, pinKey, DEVICE, 1, NONCE, new byte[31])).isFalse();
  }

  @Test
  void verifier_fromItsBytes_isTheSameAndOwnsACopy() {
    byte[] stored = verifier.toBytes();
    PinVerifier again = PinVerifier.ofBytes(stored);
    stored[0] ^= 1;
    assertThat(again.toBytes()).hasSize(32).isEqualTo(verifier.toBytes());
    for (int length : new int[] {0, 31, 33}) {
      assertThatThrownBy(() -> PinVerifier.ofBytes(new byte[length]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void verifier_dependsOnPinSecretSaltAndIterations() {
    byte[] v = verifier.toBytes();
    char[] pin = "1234".toCharArray();
    Secret otherSecret = Secret.copyOf(new byte[31]);
    otherSecret.reveal()[0] = 1;
    assertThat(PinVerifier.ofPin(pin, otherSecret, SALT, 2).toBytes()).isNotEqualTo(v);
    assertThat(PinVerifier.ofPin(pin, pinSecret, new byte[15], 2).toBytes()).isNotEqualTo(v);
    assertThat(PinVerifier.ofPin(pin, pinSecret, SALT, 3).toBytes()).isNotEqualTo(v);
    assertThat(pin).containsExactly('1', '2', '3', '4');
  }

  @Test
  void verifier_closed_provesNothingAnyMore() {
    verifier.close();
    assertThatThrownBy(verifier::toBytes).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> verifier.proof(pinKey, DEVICE, 1, 7, 1, BILL))
        .isInstanceOf(IllegalStateException.class);
  }
}

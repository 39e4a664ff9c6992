package org.tallystick.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.MessageSigner;
import org.tallystick.crypto.MlDsaSigningKey;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SignatureAlgorithm;
import org.tallystick.crypto.SignatureKey;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.SignatureRefusedException;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;

/** K1 to K5 at their bounds. */
class BankKeySetTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final SigningKey ROOT = SigningKey.generate(RANDOM);
  private static final SigningKey ANSWER = SigningKey.generate(RANDOM);

  private static BankKey key(String use, MessageSigner key, long from, long to) {
    return new BankKey(use, key.verificationKey(), from, to);
  }

  private static BankKeySet set(List<BankKey> keys) {
    return set(5, 2, Suite.CLASSIC, keys);
  }

  private static BankKeySet set(long version, long recovery, Suite minimum, List<BankKey> keys) {
    return new BankKeySet("TL", "A bank", version, keys, 1000, recovery, minimum);
  }

  private static BankKeySet verified(BankKeySet set) {
    return BankKeySet.verify(set.sign(ROOT), ROOT.verificationKey(), "TL");
  }

  @Test
  void keySet_signedByItsRoot_isReadBack() {
    BankKeySet set = set(List.of(key(BankKey.ANSWER, ANSWER, 10, 20)));
    assertThat(verified(set)).isEqualTo(set);
    byte[] point = ROOT.verificationKey().compressed();
    assertThat(BankKeySet.verify(set.sign(ROOT), point, Sha256.of(point), "TL")).isEqualTo(set);
  }

  @Test
  void keySet_ofAnotherRootPinOrConsortium_isRefused() {
    byte[] signed = set(List.of(key(BankKey.ANSWER, ANSWER, 10, 20))).sign(ROOT);
    byte[] point = ROOT.verificationKey().compressed();
    refusedSignature(() -> BankKeySet.verify(signed, point, new byte[32], "TL"));
    refusedSignature(() -> BankKeySet.verify(signed, ANSWER.verificationKey(), "TL"));
    refusedSignature(() -> BankKeySet.verify(signed, ROOT.verificationKey(), "TM"));
  }

  @Test
  void key_atTheEndsOfItsValidity_isValidAndBeyondThemIsNot() {
    BankKeySet set = set(List.of(key(BankKey.ANSWER, ANSWER, 10, 20)));
    SignatureKey key = ANSWER.verificationKey();
    assertThat(set.valid(BankKey.ANSWER, SignatureAlgorithm.ES256, 10)).containsExactly(key);
    assertThat(set.valid(BankKey.ANSWER, SignatureAlgorithm.ES256, 20)).containsExactly(key);
    assertThat(set.valid(BankKey.ANSWER, SignatureAlgorithm.ES256, 9)).isEmpty();
    assertThat(set.valid(BankKey.ANSWER, SignatureAlgorithm.ES256, 21)).isEmpty();
    assertThat(set.valid(BankKey.RECEIPT, SignatureAlgorithm.ES256, 15)).isEmpty();
    assertThat(set.valid(BankKey.ANSWER, SignatureAlgorithm.ML_DSA_65, 15)).isEmpty();
  }

  @Test
  void payload_signedByAValidKeyOfThatUse_isGivenAndNoOther() {
    BankKeySet set = set(List.of(key(BankKey.ANSWER, ANSWER, 10, 20)));
    byte[] signed = Signed.sign(ANSWER, "x", Suite.CLASSIC, "TL", new byte[] {7});
    assertThat(set.payload(signed, BankKey.ANSWER, "x", Suite.CLASSIC, 15)).containsExactly(7);
    refusedSignature(() -> set.payload(signed, BankKey.ANSWER, "x", Suite.CLASSIC, 21));
    refusedSignature(() -> set.payload(signed, BankKey.RECEIPT, "x", Suite.CLASSIC, 15));
    refusedSignature(() -> set.payload(signed, BankKey.ANSWER, "y", Suite.CLASSIC, 15));
    refusedSignature(() -> set.payload(signed, BankKey.ANSWER, "x", Suite.HYBRID, 15));
    byte[] foreign = Signed.sign(ROOT, "x", Suite.CLASSIC, "TL", new byte[] {7});
    refusedSignature(() -> set.payload(foreign, BankKey.ANSWER, "x", Suite.CLASSIC, 15));
  }

  @Test
  void keys_ofOneUseAtOneTime_areFourAtMost() {
    List<BankKey> keys =
        new ArrayList<>(Collections.nCopies(4, key(BankKey.ANSWER, ANSWER, 10, 20)));
    assertThat(verified(set(keys)).keys()).hasSize(4);
    keys.add(key(BankKey.ANSWER, ANSWER, 21, 30));
    keys.add(key(BankKey.RECEIPT, ANSWER, 10, 20));
    try (MlDsaSigningKey second = MlDsaSigningKey.generate(RANDOM)) {
      keys.add(key(BankKey.ANSWER, second, 10, 20));
      assertThat(verified(set(keys)).keys()).hasSize(7);
    }
    keys.add(key(BankKey.ANSWER, ANSWER, 20, 30));
    assertThatThrownBy(() -> verified(set(keys))).isInstanceOf(MalformedInputException.class);
  }

  @Test
  void keys_inAll_are64AtMost() {
    List<BankKey> keys = new ArrayList<>();
    for (int i = 0; i < BankKeySet.MAX_KEYS; i++) {
      keys.add(key(BankKey.ANSWER, ANSWER, 10L * i, 10 * i + 9));
    }
    assertThat(verified(set(keys)).keys()).hasSize(64);
    keys.add(key(BankKey.ANSWER, ANSWER, 9000, 9001));
    assertThatThrownBy(() -> verified(set(keys))).isInstanceOf(MalformedInputException.class);
  }

  @Test
  void key_ofAnUnknownUse_isRefused() {
    BankKeySet set = set(List.of(key("other", ANSWER, 10, 20)));
    assertThatThrownBy(() -> verified(set)).isInstanceOf(MalformedInputException.class);
  }

  @Test
  void keySet_thatGoesBackInAnything_mayNotFollow() {
    BankKeySet held = set(5, 2, Suite.HYBRID, List.of());
    assertThat(set(5, 2, Suite.HYBRID, List.of()).mayFollow(held)).isTrue();
    assertThat(set(6, 3, Suite.HYBRID, List.of()).mayFollow(held)).isTrue();
    assertThat(set(4, 2, Suite.HYBRID, List.of()).mayFollow(held)).isFalse();
    assertThat(set(6, 1, Suite.HYBRID, List.of()).mayFollow(held)).isFalse();
    assertThat(set(6, 2, Suite.CLASSIC, List.of()).mayFollow(held)).isFalse();
  }

  private static void refusedSignature(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(SignatureRefusedException.class);
  }
}

package org.tallystick.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tallystick.crypto.TestFolders.hex;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.MalformedInputException;

class PostQuantumTest {
  private static final byte[] MESSAGE = "a receipt".getBytes(StandardCharsets.US_ASCII);

  private final SecureRandom random = new SecureRandom();

  @Test
  void mlKem_ofFips203_isThePublishedValues() {
    JsonNode file = TestFolders.rfc("fips203-mlkem768.json");
    for (JsonNode vector : file.required("keyGen")) {
      try (MlKemKey key = MlKemKey.ofSeed(hex(vector, "seed"))) {
        assertThat(key.encapsulationKey()).isEqualTo(hex(vector, "ek"));
      }
    }
    for (JsonNode vector : file.required("encaps")) {
      MlKemKey.Encapsulated made = MlKemKey.encapsulate(hex(vector, "ek"), given(hex(vector, "m")));
      assertThat(made.ciphertext()).isEqualTo(hex(vector, "c"));
      assertThat(made.secret().reveal()).isEqualTo(hex(vector, "K"));
    }
    for (JsonNode vector : file.required("modulusOverflow")) {
      assertThatThrownBy(() -> MlKemKey.encapsulate(hex(vector, "ek"), random))
          .isInstanceOf(MalformedInputException.class);
    }
  }

  @Test
  void mlDsa_ofFips204_isThePublishedValues() {
    for (JsonNode vector : TestFolders.rfc("fips204-mldsa65.json").required("vectors")) {
      try (MlDsaSigningKey key = MlDsaSigningKey.ofSeed(hex(vector, "seed"))) {
        assertThat(key.verificationKey().encoded()).isEqualTo(hex(vector, "publicKey"));
        assertThat(key.sign(hex(vector, "msg"))).isEqualTo(hex(vector, "sig"));
        assertThat(key.verificationKey().verify(hex(vector, "msg"), hex(vector, "sig"))).isTrue();
      }
    }
  }

  private static SecureRandom given(byte[] bytes) {
    return new SecureRandom() {
      private static final long serialVersionUID = 1L;

      @Override
      public void nextBytes(byte[] into) {
        System.arraycopy(bytes, 0, into, 0, into.length);
      }
    };
  }

  @Test
  void encapsulated_openedByItsKey_isTheSameSecret() {
    try (MlKemKey key = MlKemKey.generate(random)) {
      MlKemKey.Encapsulated made = MlKemKey.encapsulate(key.encapsulationKey(), random);
      assertThat(made.ciphertext()).hasSize(MlKemKey.CIPHERTEXT_LENGTH);
      assertThat(key.decapsulate(made.ciphertext())).isEqualTo(made.secret());
      assertThat(MlKemKey.ofSeed(key.seed()).encapsulationKey()).isEqualTo(key.encapsulationKey());
    }
  }

  @Test
  void ciphertext_flippedOrForAnotherKey_yieldsAnotherSecret() {
    try (MlKemKey key = MlKemKey.generate(random);
        MlKemKey other = MlKemKey.generate(random)) {
      MlKemKey.Encapsulated made = MlKemKey.encapsulate(key.encapsulationKey(), random);
      byte[] flipped = made.ciphertext().clone();
      flipped[500] ^= 1;
      assertThat(key.decapsulate(flipped)).isNotEqualTo(made.secret());
      assertThat(other.decapsulate(made.ciphertext())).isNotEqualTo(made.secret());
    }
  }

  @Test
  void mlKem_wrongLengthOrCoefficient_isRefused() {
    try (MlKemKey key = MlKemKey.generate(random)) {
      byte[] good = key.encapsulationKey();
      byte[] unreduced = good.clone();
      Arrays.fill(unreduced, 0, 2, (byte) 0xff); // first coefficient is 4095 and not below 3329
      for (byte[] bad : new byte[][] {Arrays.copyOf(good, 1183), new byte[1185], unreduced}) {
        assertThatThrownBy(() -> MlKemKey.encapsulate(bad, random))
            .isInstanceOf(MalformedInputException.class);
      }
      assertThatThrownBy(() -> key.decapsulate(new byte[1087]))
          .isInstanceOf(MalformedInputException.class);
    }
    assertThatThrownBy(() -> MlKemKey.ofSeed(new byte[63]))
        .isInstanceOf(MalformedInputException.class);
  }

  @Test
  void signature_overItsMessage_holdsAndOverAnotherDoesNot() {
    try (MlDsaSigningKey key = MlDsaSigningKey.generate(random)) {
      byte[] signature = key.sign(MESSAGE);
      assertThat(signature).hasSize(3309);
      assertThat(key.sign(MESSAGE)).isEqualTo(signature);
      MlDsaVerificationKey again = MlDsaVerificationKey.of(key.verificationKey().encoded());
      assertThat(again).isEqualTo(key.verificationKey()).hasSameHashCodeAs(key.verificationKey());
      assertThat(again.verify(MESSAGE, signature)).isTrue();
      assertThat(again.verify(new byte[1], signature)).isFalse();
      assertThat(again.verify(MESSAGE, Arrays.copyOf(signature, 3308))).isFalse();
      signature[0] ^= 1;
      assertThat(again.verify(MESSAGE, signature)).isFalse();
    }
  }

  @Test
  void keys_afterClose_doNothing() {
    MlDsaSigningKey signing = MlDsaSigningKey.generate(random);
    MlKemKey kem = MlKemKey.generate(random);
    signing.close();
    kem.close();
    assertThatThrownBy(() -> signing.sign(MESSAGE)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(signing::seed).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> kem.decapsulate(new byte[1088]))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(kem::seed).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void keys_ofWrongLength_areRefusedAndNeverShown() {
    assertThatThrownBy(() -> MlDsaSigningKey.ofSeed(new byte[31]))
        .isInstanceOf(MalformedInputException.class);
    assertThatThrownBy(() -> MlDsaVerificationKey.of(new byte[1951]))
        .isInstanceOf(MalformedInputException.class);
    assertThat(MlDsaSigningKey.ofSeed(new byte[32])).hasToString("MlDsaSigningKey(ML-DSA-65)");
    assertThat(MlKemKey.ofSeed(new byte[64])).hasToString("MlKemKey(ML-KEM-768)");
  }
}

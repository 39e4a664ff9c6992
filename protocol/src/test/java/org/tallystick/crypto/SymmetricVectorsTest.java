package org.tallystick.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tallystick.crypto.TestFolders.hex;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Published values of the symmetric primitives. */
class SymmetricVectorsTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void sha256_ofAbcInParts_isTheValueOfFips180() {
    assertThat(HEX.formatHex(Sha256.of("a".getBytes(US_ASCII), "bc".getBytes(US_ASCII))))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void hmac_ofRfc4231Case2_isThatValue() {
    byte[] tag =
        HmacSha256.of(
            "Jefe".getBytes(US_ASCII),
            "what do ya want ".getBytes(US_ASCII),
            "for nothing?".getBytes(US_ASCII));
    assertThat(HEX.formatHex(tag))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    assertThatThrownBy(() -> HmacSha256.of(new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hkdf_ofRfc5869_isThoseValues() {
    for (JsonNode vector : TestFolders.rfc("rfc5869.json").required("vectors")) {
      byte[] prk = Hkdf.extract(hex(vector, "salt"), hex(vector, "ikm"));
      assertThat(prk).isEqualTo(hex(vector, "prk"));
      assertThat(Hkdf.expand(prk, hex(vector, "info"), vector.required("length").asInt()))
          .isEqualTo(hex(vector, "okm"));
    }
  }

  @Test
  void hkdf_ofNoOrTooMuchOutputOrAShortKey_isRefused() {
    for (int length : new int[] {-1, 0, 8161}) {
      assertThatThrownBy(() -> Hkdf.expand(new byte[32], new byte[0], length))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> Hkdf.expand(new byte[31], new byte[0], 32))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Hkdf.expand(new byte[32], new byte[0], 8160)).hasSize(8160);
  }

  @Test
  void aesBlock_ofFips197C3_isThatValue() {
    byte[] key = HEX.parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    byte[] plain = HEX.parseHex("00112233445566778899aabbccddeeff");
    byte[] block = AesBlock.encrypt(key, plain);
    assertThat(HEX.formatHex(block)).isEqualTo("8ea2b7ca516745bfeafc49904b496089");
    assertThat(AesBlock.decrypt(key, block)).isEqualTo(plain);
    assertThatThrownBy(() -> AesBlock.encrypt(new byte[16], plain))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AesBlock.encrypt(key, new byte[32]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aesGcm_withAnyBitChangedOrCutOff_opensEmpty() {
    byte[] key = new byte[32];
    byte[] iv = new byte[12];
    byte[] aad = {1, 2};
    byte[] sealed = AesGcm.seal(key, iv, aad, new byte[] {5, 6, 7});
    assertThat(sealed).hasSize(3 + AesGcm.TAG_LENGTH);
    assertThat(AesGcm.open(key, iv, aad, sealed).orElseThrow()).containsExactly(5, 6, 7);
    assertThat(AesGcm.open(key, iv, new byte[] {1, 3}, sealed)).isEmpty();
    for (int bit = 0; bit < 8 * sealed.length; bit++) {
      byte[] flipped = sealed.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(AesGcm.open(key, iv, aad, flipped)).isEmpty();
    }
    for (int length = 0; length < sealed.length; length++) {
      assertThat(AesGcm.open(key, iv, aad, Arrays.copyOf(sealed, length))).isEmpty();
    }
  }

  @Test
  void pbkdf2_ofRfc7914_isThatValueAndLeavesThePassword() {
    char[] password = "passwd".toCharArray();
    byte[] derived = Pbkdf2.sha256(password, "salt".getBytes(US_ASCII), 1, 64);
    assertThat(HEX.formatHex(derived))
        .startsWith("55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc")
        .endsWith("49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783");
    assertThat(password).isEqualTo("passwd".toCharArray());
  }

  @Test
  void pbkdf2_withAnUnpairedSurrogate_isRefused() {
    assertThatThrownBy(() -> Pbkdf2.sha256(new char[] {'\ud800'}, new byte[8], 1, 32))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void constantTime_comparesContentAndLength() {
    assertThat(ConstantTime.equal(new byte[] {1}, new byte[] {1})).isTrue();
    assertThat(ConstantTime.equal(new byte[] {1}, new byte[] {2})).isFalse();
    assertThat(ConstantTime.equal(new byte[] {1}, new byte[] {1, 0})).isFalse();
  }
}

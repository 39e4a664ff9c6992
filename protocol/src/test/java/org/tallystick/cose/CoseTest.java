package org.tallystick.cose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.SigningKey;
import org.tallystick.crypto.VerificationKey;

class CoseTest {
  private static final Cbor EMPTY_MAP = Cbor.map().build();

  private final SigningKey key = SigningKey.generate(new SecureRandom());
  private final VerificationKey verification = key.verificationKey();
  private final byte[] aad = {1, 2};
  private final byte[] payload = {3, 4, 5};

  @Test
  void sign1_decoded_isEqualAndVerifiesForItsTypKeyAndExternalDataOnly() {
    CoseSign1 signed = CoseSign1.sign(key, "half", aad, payload);
    assertThat(HexFormat.of().formatHex(signed.encoded()))
        .startsWith("84" + "49" + "a2" + "0126" + "10" + "6468616c66" + "a0" + "43030405" + "5840");
    CoseSign1 decoded = CoseSign1.decode(signed.encoded());
    assertThat(decoded).isEqualTo(signed).hasSameHashCodeAs(signed);
    assertThat(decoded.typ()).isEqualTo("half");
    assertThat(decoded.payload()).isEqualTo(payload);
    assertThat(decoded.verify(verification, "half", aad)).isTrue();
    assertThat(decoded.verify(verification, "bill", aad)).isFalse();
    assertThat(decoded.verify(verification, "half", payload)).isFalse();
    try (SigningKey other = SigningKey.generate(new SecureRandom())) {
      assertThat(decoded.verify(other.verificationKey(), "half", aad)).isFalse();
    }
  }

  @Test
  void sign1_withAnyBitChanged_isRefusedOrDoesNotVerify() {
    byte[] encoded = CoseSign1.sign(key, "half", aad, payload).encoded();
    for (int bit = 0; bit < 8 * encoded.length; bit++) {
      byte[] changed = encoded.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(acceptedSign1(changed)).as("bit %d", bit).isFalse();
    }
  }

  @Test
  void sign1_withAnotherHeader_isRefused() {
    Cbor.Map none = Cbor.map().build();
    Cbor.Map noTyp = Cbor.map().put(1, Cbor.of(-7)).build();
    Cbor.Map noAlg = Cbor.map().put(16, Cbor.of("half")).build();
    Cbor.Map otherAlg = Cbor.map().put(1, Cbor.of(-35)).put(16, Cbor.of("half")).build();
    Cbor.Map numberTyp = Cbor.map().put(1, Cbor.of(-7)).put(16, Cbor.of(1)).build();
    Cbor.Map emptyTyp = Cbor.map().put(1, Cbor.of(-7)).put(16, Cbor.of("")).build();
    Cbor.Map withKid =
        Cbor.map().put(1, Cbor.of(-7)).put(4, Cbor.of(aad)).put(16, Cbor.of("half")).build();
    for (Cbor.Map header :
        new Cbor.Map[] {none, noTyp, noAlg, otherAlg, numberTyp, emptyTyp, withKid}) {
      refusedSign1(
          Cbor.array(Cbor.of(header.encode()), EMPTY_MAP, Cbor.of(payload), Cbor.of(new byte[64])));
    }
    refusedSign1(
        Cbor.array(Cbor.of(new byte[0]), EMPTY_MAP, Cbor.of(payload), Cbor.of(new byte[64])));
  }

  @Test
  void sign1_ofAnotherShape_isRefused() {
    CoseSign1 signed = CoseSign1.sign(key, "half", aad, payload);
    Cbor header = Cbor.of(signed.protectedBytes());
    Cbor body = Cbor.of(payload);
    Cbor signature = Cbor.of(signed.signature());
    Cbor kid = Cbor.map().put(4, Cbor.of(aad)).build();
    refusedSign1(Cbor.array(header, kid, body, signature));
    refusedSign1(Cbor.array(header, EMPTY_MAP, Cbor.NULL, signature));
    refusedSign1(Cbor.array(header, EMPTY_MAP, body));
    refusedSign1(Cbor.array(header, EMPTY_MAP, body, signature, body));
    refusedSign1(Cbor.array(header, EMPTY_MAP, body, Cbor.of(new byte[63])));
    refusedSign1(Cbor.array(header, Cbor.NULL, body, signature));
    refusedSign1(Cbor.of(signed.encoded()));
    assertThatThrownBy(() -> CoseSign1.sign(key, "", aad, payload))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void encrypt0_opened_givesPlaintextAndHeadersForItsKeyAndExternalDataOnly() {
    byte[] secret = new byte[32];
    byte[] iv = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
    Cbor.Map extra =
        Cbor.map()
            .put(-70001, Cbor.of(1))
            .put(-70002, Cbor.of(new byte[8]))
            .put("x", Cbor.NULL)
            .build();
    byte[] encoded = CoseEncrypt0.seal(secret, iv, extra, aad, payload);
    CoseEncrypt0 message = CoseEncrypt0.decode(encoded);
    assertThat(message.encode()).isEqualTo(encoded);
    assertThat(message.iv()).isEqualTo(iv);
    assertThat(message.headers().get(-70001)).contains(Cbor.of(1));
    assertThat(message.open(secret, aad).orElseThrow()).isEqualTo(payload);
    assertThat(message.open(secret, payload)).isEmpty();
    byte[] wrong = secret.clone();
    wrong[31] = 1;
    assertThat(message.open(wrong, aad)).isEmpty();
    assertThat(message).isEqualTo(CoseEncrypt0.decode(encoded));
    for (int bit = 0; bit < 8 * encoded.length; bit++) {
      byte[] changed = encoded.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(openedEncrypt0(changed, secret)).as("bit %d", bit).isFalse();
    }
  }

  @Test
  void encrypt0_withAReservedLabelOrAnotherShape_isRefused() {
    byte[] secret = new byte[32];
    byte[] iv = new byte[12];
    for (long label : new long[] {1, 2, 5, 6}) {
      Cbor.Map extra = Cbor.map().put(label, Cbor.of(aad)).build();
      assertThatThrownBy(() -> CoseEncrypt0.seal(secret, iv, extra, aad, payload))
          .isInstanceOf(MalformedInputException.class);
    }
    Cbor good = Cbor.of(Cbor.map().put(1, Cbor.of(3)).put(5, Cbor.of(iv)).build().encode());
    Cbor aes128 = Cbor.of(Cbor.map().put(1, Cbor.of(1)).put(5, Cbor.of(iv)).build().encode());
    Cbor noIv = Cbor.of(Cbor.map().put(1, Cbor.of(3)).build().encode());
    Cbor longIv =
        Cbor.of(Cbor.map().put(1, Cbor.of(3)).put(5, Cbor.of(new byte[13])).build().encode());
    Cbor notAMap = Cbor.of(Cbor.array().encode());
    Cbor text = Cbor.of(new byte[20]);
    Cbor ivOutside = Cbor.map().put(5, Cbor.of(iv)).build();
    assertThat(CoseEncrypt0.decode(Cbor.array(good, EMPTY_MAP, text).encode()).iv()).isEqualTo(iv);
    refusedEncrypt0(Cbor.array(aes128, EMPTY_MAP, text));
    refusedEncrypt0(Cbor.array(noIv, EMPTY_MAP, text));
    refusedEncrypt0(Cbor.array(noIv, ivOutside, text));
    refusedEncrypt0(Cbor.array(longIv, EMPTY_MAP, text));
    refusedEncrypt0(Cbor.array(notAMap, EMPTY_MAP, text));
    refusedEncrypt0(Cbor.array(good, EMPTY_MAP, Cbor.of(new byte[15])));
    refusedEncrypt0(Cbor.array(good, EMPTY_MAP, Cbor.NULL));
    refusedEncrypt0(Cbor.array(good, EMPTY_MAP));
    refusedEncrypt0(Cbor.array(good, EMPTY_MAP, text, Cbor.array()));
  }

  @Test
  void messages_shown_giveTheirLengthOnly() {
    assertThat(CoseSign1.sign(key, "half", aad, payload).toString()).endsWith("bytes)");
    byte[] encoded =
        CoseEncrypt0.seal(new byte[32], new byte[12], Cbor.map().build(), aad, payload);
    assertThat(CoseEncrypt0.decode(encoded)).hasToString("CoseEncrypt0(19 bytes of ciphertext)");
  }

  private boolean acceptedSign1(byte[] encoded) {
    try {
      return CoseSign1.decode(encoded).verify(verification, "half", aad);
    } catch (MalformedInputException e) {
      return false;
    }
  }

  private boolean openedEncrypt0(byte[] encoded, byte[] secret) {
    try {
      return CoseEncrypt0.decode(encoded).open(secret, aad).isPresent();
    } catch (MalformedInputException e) {
      return false;
    }
  }

  private static void refusedSign1(Cbor message) {
    assertThatThrownBy(() -> CoseSign1.decode(message.encode()))
        .isInstanceOf(MalformedInputException.class);
  }

  private static void refusedEncrypt0(Cbor message) {
    assertThatThrownBy(() -> CoseEncrypt0.decode(message.encode()))
        .isInstanceOf(MalformedInputException.class);
  }
}

package org.tallystick.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.tallystick.crypto.TestFolders.hex;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKEContext;
import org.junit.jupiter.api.Test;
import org.tallystick.codec.MalformedInputException;

/**
 * HPKE against RFC 9180.
 *
 * <p>The RFC has PSK vectors of our KEM and KDF with AES-128-GCM and ChaCha20-Poly1305 only: the
 * production key schedule opens those with another AEAD id. For AES-256-GCM a second key schedule,
 * written here from the RFC's text and checked against the same vectors, must agree with what
 * {@link Hpke#sealPsk} made.
 */
class HpkeVectorsTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int AES_256_GCM = 2;

  private final byte[] info = {1};
  private final byte[] psk = filled(32, 2);
  private final byte[] pskId = {3};
  private final byte[] aad = {4};
  private final byte[] plaintext = filled(100, 5);
  private final byte[] context = {6};

  @Test
  void vectors_ofTheRfc_areOpenedAndExported() throws InvalidCipherTextException {
    for (JsonNode vector : TestFolders.rfc("rfc9180-p256-psk.json").required("vectors")) {
      try (EcdhKey recipient = EcdhKey.ofScalar(hex(vector, "recipientScalar"))) {
        assertThat(recipient.publicPoint()).isEqualTo(hex(vector, "recipientPoint"));
        HPKEContext opening =
            Hpke.recipientContext(
                    (short) vector.required("aeadId").asInt(),
                    hex(vector, "enc"),
                    recipient,
                    hex(vector, "info"),
                    hex(vector, "psk"),
                    hex(vector, "pskId"))
                .orElseThrow();
        for (JsonNode message : vector.required("messages")) {
          assertThat(opening.open(hex(message, "aad"), hex(message, "ciphertext")))
              .isEqualTo(hex(message, "plaintext"));
        }
        for (JsonNode export : vector.required("exports")) {
          assertThat(opening.export(hex(export, "context"), export.required("length").asInt()))
              .isEqualTo(hex(export, "value"));
        }
      }
    }
  }

  @Test
  void secondKeySchedule_ofTheRfcVectors_agrees() {
    for (JsonNode vector : TestFolders.rfc("rfc9180-p256-psk.json").required("vectors")) {
      try (EcdhKey recipient = EcdhKey.ofScalar(hex(vector, "recipientScalar"))) {
        byte[] shared = sharedSecret(hex(vector, "enc"), recipient);
        assertThat(shared).isEqualTo(hex(vector, "sharedSecret"));
        Schedule schedule =
            new Schedule(
                vector.required("aeadId").asInt(),
                shared,
                hex(vector, "info"),
                hex(vector, "psk"),
                hex(vector, "pskId"));
        JsonNode export = vector.required("exports").get(2);
        assertThat(schedule.export(hex(export, "context"), 32)).isEqualTo(hex(export, "value"));
      }
    }
  }

  @Test
  void secondKeySchedule_opensWhatSealPskMadeWithAes256() {
    try (EcdhKey recipient = EcdhKey.generate(RANDOM)) {
      Hpke.Sealed sealed = seal(recipient);
      byte[] shared = sharedSecret(sealed.enc(), recipient);
      Schedule schedule = new Schedule(AES_256_GCM, shared, info, psk, pskId);
      byte[] key = schedule.expand("key", 32);
      byte[] nonce = schedule.expand("base_nonce", 12);
      assertThat(AesGcm.open(key, nonce, aad, sealed.ciphertext()).orElseThrow())
          .isEqualTo(plaintext);
      assertThat(schedule.export(context, 48)).isEqualTo(sealed.exported().reveal());
    }
  }

  @Test
  void sealed_openedByItsRecipient_givesPlaintextAndTheSameExport() {
    try (EcdhKey recipient = EcdhKey.generate(RANDOM)) {
      Hpke.Sealed sealed = seal(recipient);
      assertThat(sealed.enc()).hasSize(65);
      assertThat(sealed.ciphertext()).hasSize(plaintext.length + 16);
      Hpke.Opened opened = open(sealed.enc(), recipient, psk, sealed.ciphertext()).orElseThrow();
      assertThat(opened.plaintext()).isEqualTo(plaintext);
      assertThat(opened.exported()).isEqualTo(sealed.exported());
      assertThat(seal(recipient).enc()).isNotEqualTo(sealed.enc());
    }
  }

  @Test
  void sealed_withAnythingChanged_opensEmpty() {
    try (EcdhKey recipient = EcdhKey.generate(RANDOM);
        EcdhKey other = EcdhKey.generate(RANDOM)) {
      Hpke.Sealed sealed = seal(recipient);
      byte[] enc = sealed.enc();
      byte[] ciphertext = sealed.ciphertext();
      byte[] flipped = ciphertext.clone();
      flipped[0] ^= 1;
      byte[] offCurve = enc.clone();
      offCurve[64] ^= 1;
      assertThat(open(enc, other, psk, ciphertext)).isEmpty();
      assertThat(open(enc, recipient, filled(32, 9), ciphertext)).isEmpty();
      assertThat(open(enc, recipient, psk, flipped)).isEmpty();
      assertThat(open(other.publicPoint(), recipient, psk, ciphertext)).isEmpty();
      for (byte[] bad :
          List.of(offCurve, new byte[65], new byte[0], new byte[1], Arrays.copyOf(enc, 64))) {
        assertThat(open(bad, recipient, psk, ciphertext)).isEmpty();
      }
      for (int length = 0; length < 17; length++) {
        assertThat(open(enc, recipient, psk, Arrays.copyOf(ciphertext, length))).isEmpty();
      }
      byte[] none = new byte[0];
      assertThat(Hpke.openPsk(enc, recipient, none, psk, pskId, aad, ciphertext, context, 48))
          .isEmpty();
      assertThat(Hpke.openPsk(enc, recipient, info, psk, context, aad, ciphertext, context, 48))
          .isEmpty();
      assertThat(Hpke.openPsk(enc, recipient, info, psk, pskId, none, ciphertext, context, 48))
          .isEmpty();
    }
  }

  @Test
  void shortPskOrBadRecipient_isRefused() {
    try (EcdhKey recipient = EcdhKey.generate(RANDOM)) {
      byte[] point = recipient.publicPoint();
      byte[] shortPsk = new byte[31];
      byte[] none = new byte[0];
      assertThatThrownBy(
              () -> Hpke.sealPsk(point, info, shortPsk, pskId, aad, plaintext, context, 48))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> Hpke.sealPsk(point, info, psk, none, aad, plaintext, context, 48))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(
              () -> Hpke.sealPsk(new byte[65], info, psk, pskId, aad, plaintext, context, 48))
          .isInstanceOf(MalformedInputException.class);
    }
  }

  private Hpke.Sealed seal(EcdhKey recipient) {
    return Hpke.sealPsk(recipient.publicPoint(), info, psk, pskId, aad, plaintext, context, 48);
  }

  private Optional<Hpke.Opened> open(
      byte[] enc, EcdhKey recipient, byte[] usedPsk, byte[] ciphertext) {
    return Hpke.openPsk(enc, recipient, info, usedPsk, pskId, aad, ciphertext, context, 48);
  }

  /** Decap of RFC 9180, 4.1. */
  private static byte[] sharedSecret(byte[] enc, EcdhKey recipient) {
    byte[] suite = concat("KEM".getBytes(US_ASCII), new byte[] {0, 0x10});
    byte[] prk = labeledExtract(suite, new byte[0], "eae_prk", recipient.agree(enc));
    return labeledExpand(suite, prk, "shared_secret", concat(enc, recipient.publicPoint()), 32);
  }

  /** KeySchedule of RFC 9180, 5.1, in mode_psk. */
  private static final class Schedule {
    private final byte[] suite;
    private final byte[] keyContext;
    private final byte[] secret;

    Schedule(int aeadId, byte[] shared, byte[] info, byte[] psk, byte[] pskId) {
      suite = concat("HPKE".getBytes(US_ASCII), new byte[] {0, 0x10, 0, 1, 0, (byte) aeadId});
      keyContext =
          concat(
              new byte[] {1},
              concat(
                  labeledExtract(suite, new byte[0], "psk_id_hash", pskId),
                  labeledExtract(suite, new byte[0], "info_hash", info)));
      secret = labeledExtract(suite, shared, "secret", psk);
    }

    byte[] expand(String label, int length) {
      return labeledExpand(suite, secret, label, keyContext, length);
    }

    byte[] export(byte[] exporterContext, int length) {
      byte[] exporterSecret = expand("exp", 32);
      return labeledExpand(suite, exporterSecret, "sec", exporterContext, length);
    }
  }

  private static byte[] labeledExtract(byte[] suite, byte[] salt, String label, byte[] ikm) {
    return Hkdf.extract(
        salt,
        concat(concat("HPKE-v1".getBytes(US_ASCII), suite), concat(label.getBytes(US_ASCII), ikm)));
  }

  private static byte[] labeledExpand(
      byte[] suite, byte[] prk, String label, byte[] info, int length) {
    byte[] prefix = concat(new byte[] {0, (byte) length}, "HPKE-v1".getBytes(US_ASCII));
    byte[] labeled = concat(suite, concat(label.getBytes(US_ASCII), info));
    return Hkdf.expand(prk, concat(prefix, labeled), length);
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}

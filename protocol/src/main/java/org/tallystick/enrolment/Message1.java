package org.tallystick.enrolment;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.EcdhKey;
import org.tallystick.crypto.Hpke;
import org.tallystick.crypto.MlKemKey;
import org.tallystick.crypto.Secret;
import org.tallystick.format.Suite;

/**
 * What a device sends to be bound: its request, sealed so that only the bank opens it, and only
 * with the activation code. In suite HYBRID the pre-shared key of HPKE carries the ML-KEM secret
 * too, so opening takes the ECDH secret, the ML-KEM secret and the code.
 *
 * <p>Source: docs/PROTOCOL.md section 3, E3 and E4.
 *
 * @param enc encapsulated key of HPKE, 65 bytes
 * @param ciphertext of HPKE
 * @param kemCiphertext of ML-KEM-768, 1,088 bytes; there exactly in suite HYBRID
 */
@SuppressWarnings("ArrayRecordComponent") // passed on at once, never compared
public record Message1(byte[] enc, byte[] ciphertext, byte @Nullable [] kemCiphertext) {
  private static final int ENC_LENGTH = 65;
  private static final int SECRET_LENGTH = 32;

  /** What the device has after sealing: the bytes to send, and S. */
  public record Sealed(byte[] message1, Secret exported) {}

  /** What the bank has after opening: the device's signed request, S, and what was agreed on. */
  public record Opened(byte[] bind, Secret exported, EnrolmentTerms terms) {}

  /** CBOR of two parts, or of three in suite HYBRID. */
  public byte[] encode() {
    return kemCiphertext == null
        ? Cbor.array(Cbor.of(enc), Cbor.of(ciphertext)).encode()
        : Cbor.array(Cbor.of(enc), Cbor.of(ciphertext), Cbor.of(kemCiphertext)).encode();
  }

  /** Strict inverse of {@link #encode}. */
  public static Message1 decode(byte[] bytes) {
    List<Cbor> parts = Cbor.decode(bytes).asArray();
    if (parts.size() != 2 && parts.size() != 3) {
      throw new MalformedInputException("message1 of " + parts.size() + " parts");
    }
    return new Message1(
        parts.get(0).asBytes(ENC_LENGTH),
        parts.get(1).asBytes(),
        parts.size() == 2 ? null : parts.get(2).asBytes(MlKemKey.CIPHERTEXT_LENGTH));
  }

  /** The suite that its parts are those of. */
  public Suite suite() {
    return kemCiphertext == null ? Suite.CLASSIC : Suite.HYBRID;
  }

  /**
   * E3: seals a request for who made the offer.
   *
   * @param terms that both sides are under
   * @param code activation code
   * @param bind the signed request
   * @param random for ML-KEM
   * @throws MalformedInputException if the offer's keys are none
   */
  public static Sealed seal(EnrolmentTerms terms, Secret code, byte[] bind, SecureRandom random) {
    byte[] id = terms.offer().enrolmentId();
    byte[] encapsulationKey = terms.offer().encapsulationKey();
    if (terms.chosen() == Suite.CLASSIC) {
      try (Secret psk = Activation.psk(id, code)) {
        return sealed(terms, psk, bind, null);
      }
    }
    if (encapsulationKey == null) {
      throw new MalformedInputException("suite 2 was not offered");
    }
    MlKemKey.Encapsulated made = MlKemKey.encapsulate(encapsulationKey, random);
    try (Secret shared = made.secret();
        Secret psk = Activation.psk(id, code, shared, encapsulationKey, made.ciphertext())) {
      return sealed(terms, psk, bind, made.ciphertext());
    }
  }

  private static Sealed sealed(
      EnrolmentTerms terms, Secret psk, byte[] bind, byte @Nullable [] kemCiphertext) {
    Hpke.Sealed sealed =
        Hpke.sealPsk(
            terms.offer().hpkePoint(),
            terms.info(),
            psk.reveal(),
            terms.offer().enrolmentId(),
            new byte[0],
            bind,
            EnrolmentSecrets.EXPORTER,
            SECRET_LENGTH);
    Message1 message = new Message1(sealed.enc(), sealed.ciphertext(), kemCiphertext);
    return new Sealed(message.encode(), sealed.exported());
  }

  /**
   * E4: opens it with the bank's keys of this one enrolment; empty where anything does not fit. The
   * number of parts says which suite the device has chosen.
   *
   * @param minimum suite of the bank's key set
   * @param code activation code
   * @param hpkeKey of the offer
   * @param kemKey of the offer; null where suite HYBRID was not offered
   */
  public Optional<Opened> open(
      Offer offer, Suite minimum, Secret code, EcdhKey hpkeKey, @Nullable MlKemKey kemKey) {
    byte[] id = offer.enrolmentId();
    EnrolmentTerms terms = new EnrolmentTerms(offer, suite(), minimum);
    if (kemCiphertext == null) {
      try (Secret psk = Activation.psk(id, code)) {
        return opened(terms, psk, hpkeKey);
      }
    }
    if (kemKey == null) {
      return Optional.empty();
    }
    try (Secret shared = kemKey.decapsulate(kemCiphertext);
        Secret psk = Activation.psk(id, code, shared, kemKey.encapsulationKey(), kemCiphertext)) {
      return opened(terms, psk, hpkeKey);
    }
  }

  private Optional<Opened> opened(EnrolmentTerms terms, Secret psk, EcdhKey hpkeKey) {
    return Hpke.openPsk(
            enc,
            hpkeKey,
            terms.info(),
            psk.reveal(),
            terms.offer().enrolmentId(),
            new byte[0],
            ciphertext,
            EnrolmentSecrets.EXPORTER,
            SECRET_LENGTH)
        .map(opened -> new Opened(opened.plaintext(), opened.exported(), terms));
  }
}

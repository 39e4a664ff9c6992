package org.tallystick.enrolment;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.Suite;

/** The device's side of the exchange, E2, E3 and E5, as far as tests need it. */
final class NewDevice {
  static final SecureRandom RANDOM = new SecureRandom();

  final SigningKey key;
  private final Activation activation;
  private final byte[] pinVerifier;
  private List<Integer> suites = List.of(Suite.CLASSIC.value(), Suite.HYBRID.value());
  private Suite suite = Suite.CLASSIC;
  private byte[] message1 = new byte[0];
  private Secret exported = Secret.adopt(new byte[0]);
  private EnrolmentSecrets secrets;
  private byte[] contractHash = new byte[0];

  NewDevice(String activation, byte[] pinVerifier) {
    this(activation, pinVerifier, SigningKey.generate(RANDOM));
  }

  NewDevice(String activation, byte[] pinVerifier, SigningKey key) {
    this.activation = Activation.parse(activation);
    this.pinVerifier = pinVerifier;
    this.key = key;
  }

  /** A person's device, with a PIN. */
  static NewDevice attended(String activation) {
    return new NewDevice(activation, drawn(32));
  }

  static byte[] drawn(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  /** E2 and E3; empty where the device refuses the offer. */
  Optional<byte[]> answer(byte[] offerBytes) {
    Offer offer;
    try {
      offer = Offer.decode(offerBytes);
    } catch (MalformedInputException e) {
      return Optional.empty();
    }
    if (!Arrays.equals(offer.enrolmentId(), activation.enrolmentId())
        || !Arrays.equals(offer.fingerprint(), activation.fingerprint())) {
      return Optional.empty();
    }
    contractHash = offer.contractHash();
    return Optional.of(seal(offer, Sha256.of(terms(offer).info()), contractHash));
  }

  /** From now on it knows only these. */
  void knows(List<Integer> these) {
    suites = these;
  }

  EnrolmentTerms terms(Offer offer) {
    return EnrolmentTerms.choose(offer, suites, Suite.CLASSIC).orElseThrow();
  }

  /** E3 with whatever is to be signed. */
  byte[] seal(Offer offer, byte[] infoHash, byte[] agreedTo) {
    BindRequest request =
        new BindRequest(
            infoHash,
            key.verificationKey(),
            new Footprint("Maker", "Model", "0001", "Platform 1", "1.0"),
            pinVerifier,
            drawn(32),
            agreedTo,
            0,
            suites,
            terms(offer).chosen());
    Message1.Sealed sealed =
        Message1.seal(
            terms(offer), activation.code(), request.sign(key, offer.consortium()), RANDOM);
    suite = terms(offer).chosen();
    exported = sealed.exported();
    message1 = sealed.message1();
    return message1.clone();
  }

  /** E5, first half: opens the answer. */
  BindReply open(byte[] message2, String consortium) {
    secrets = EnrolmentSecrets.derive(exported, message1, BindReply.bankNonce(message2), suite);
    return BindReply.open(message2, secrets, consortium).orElseThrow();
  }

  /** E5, second half. */
  byte[] confirmation(byte[] message2) {
    assertThat(secrets).isNotNull();
    return secrets.deviceConfirmation(message1, message2);
  }

  EnrolmentSecrets secrets() {
    return secrets;
  }

  byte[] contractHash() {
    return contractHash.clone();
  }
}

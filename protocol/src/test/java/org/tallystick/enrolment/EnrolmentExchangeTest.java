package org.tallystick.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tallystick.code.DeviceBinding;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.EcdhKey;
import org.tallystick.crypto.MlKemKey;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.SignatureRefusedException;
import org.tallystick.format.Suite;
import org.tallystick.keys.BankKey;
import org.tallystick.keys.BankKeySet;

/** TSE-02, TSE-04: both sides of sections 3 E1 to E5. */
class EnrolmentExchangeTest {
  private static final long NOW = 1_790_000_000_000L;
  private static final List<Integer> CLASSIC = List.of(1);
  private static final List<Integer> BOTH = List.of(1, 2);

  private final SecureRandom random = new SecureRandom();
  private final byte[] id = Secret.random(random, 16).reveal();
  private final Secret code = Secret.random(random, 16);
  private final EcdhKey hpke = EcdhKey.generate(random);
  private final SigningKey device = SigningKey.generate(random);
  private final MlKemKey kem = MlKemKey.generate(random);
  private final Offer offer = offer("TL", "Bank", "USER", 1, "We agree.", CLASSIC, 1, NOW, null);
  private final Offer hybrid =
      offer("TL", "Bank", "USER", 1, "We agree.", BOTH, 1, NOW, kem.encapsulationKey());

  private Offer offer(
      String consortium,
      String bankName,
      String role,
      long contractVersion,
      String contract,
      List<Integer> suites,
      long keySetVersion,
      long expires,
      byte @Nullable [] encapsulationKey) {
    return new Offer(
        consortium,
        bankName,
        id,
        role,
        contractVersion,
        contract,
        hpke.publicPoint(),
        suites,
        keySetVersion,
        expires,
        encapsulationKey);
  }

  private static EnrolmentTerms terms(Offer of) {
    return EnrolmentTerms.choose(of, BOTH, Suite.CLASSIC).orElseThrow();
  }

  private BindRequest request(EnrolmentTerms to) {
    return new BindRequest(
        Sha256.of(to.info()),
        device.verificationKey(),
        new Footprint("Maker", "Model", "1", "Linux", "0.1"),
        new byte[32],
        new byte[32],
        to.offer().contractHash(),
        NOW,
        BOTH,
        to.chosen());
  }

  private Message1.Sealed seal(EnrolmentTerms to, Secret with) {
    return Message1.seal(to, with, request(to).sign(device, "TL"), random);
  }

  private Optional<Message1.Opened> open(Offer of, Message1.Sealed sealed) {
    return Message1.decode(sealed.message1()).open(of, Suite.CLASSIC, code, hpke, kem);
  }

  @Test
  void choose_takesTheHighestOfBoth_andNoneBelowTheMinimum() {
    assertThat(terms(offer).chosen()).isEqualTo(Suite.CLASSIC);
    assertThat(terms(hybrid).chosen()).isEqualTo(Suite.HYBRID);
    assertThat(EnrolmentTerms.choose(hybrid, CLASSIC, Suite.CLASSIC).orElseThrow().chosen())
        .isEqualTo(Suite.CLASSIC);
    assertThat(EnrolmentTerms.choose(hybrid, List.of(1, 2, 3), Suite.HYBRID)).isPresent();
    assertThat(EnrolmentTerms.choose(offer, BOTH, Suite.HYBRID)).isEmpty();
    assertThat(EnrolmentTerms.choose(hybrid, CLASSIC, Suite.HYBRID)).isEmpty();
    assertThat(EnrolmentTerms.choose(hybrid, List.of(3), Suite.CLASSIC)).isEmpty();
  }

  @Test
  void bind_inALowerSuiteThanBothKnow_isRefused() {
    EnrolmentTerms down = new EnrolmentTerms(hybrid, Suite.CLASSIC, Suite.CLASSIC);
    Message1.Opened opened = open(hybrid, seal(down, code)).orElseThrow();
    assertThatThrownBy(() -> BindRequest.verify(opened.bind(), opened.terms()))
        .isInstanceOf(MalformedInputException.class);
  }

  @ParameterizedTest
  @EnumSource(Suite.class)
  void exchange_goodRun_bothSidesDeriveTheSame(Suite suite) {
    Offer of = suite == Suite.HYBRID ? hybrid : offer;
    Message1.Sealed sealed = seal(terms(of), code);
    byte[] message1 = sealed.message1();
    assertThat(Message1.decode(message1).suite()).isEqualTo(suite);
    Message1.Opened opened = open(of, sealed).orElseThrow();
    BindRequest bind = BindRequest.verify(opened.bind(), opened.terms());
    assertThat(bind.deviceKey()).isEqualTo(device.verificationKey());
    assertThat(bind.chosen()).isEqualTo(suite);

    byte[] nonce = Secret.random(random, 32).reveal();
    SigningKey bank = SigningKey.generate(random);
    DeviceBinding binding =
        new DeviceBinding("TL", suite, new byte[16], new byte[16], new byte[16], new byte[16]);
    byte[] record =
        new BindingRecord(
                "TL",
                new byte[16],
                new byte[16],
                new byte[16],
                bind.deviceKey(),
                offer.contractHash(),
                "USER",
                NOW,
                Sha256.of(opened.bind()),
                binding.suite())
            .sign(bank);
    BankKeySet keys =
        new BankKeySet(
            "TL",
            "Bank",
            1,
            List.of(new BankKey(BankKey.CERTIFICATE, bank.verificationKey(), NOW, NOW)),
            NOW,
            0,
            Suite.CLASSIC);
    try (EnrolmentSecrets atBank =
        EnrolmentSecrets.derive(opened.exported(), message1, nonce, suite)) {
      byte[] message2 =
          new BindReply(binding, List.of(new byte[17]), 1, record, NOW, null, 3)
              .seal(atBank, nonce);
      try (EnrolmentSecrets atDevice =
          EnrolmentSecrets.derive(
              sealed.exported(), message1, BindReply.bankNonce(message2), suite)) {
        BindReply reply = BindReply.open(message2, atDevice, "TL").orElseThrow();
        assertThat(BindingRecord.verify(reply.bindingRecord(), keys).role()).isEqualTo("USER");
        assertThat(reply.binding().suite()).isEqualTo(suite);
        assertThat(reply.recoveryEpoch()).isEqualTo(3);
        assertThat(atDevice.down()).isEqualTo(atBank.down());
        assertThat(atDevice.string1()).isEqualTo(atBank.string1());
        assertThat(atDevice.string2()).isEqualTo(atBank.string2());
        assertThat(atDevice.first()).isEqualTo(atBank.first()).isBetween(0L, (1L << 48) - 1);
        assertThat(atDevice.deviceConfirmation(message1, message2))
            .isEqualTo(atBank.deviceConfirmation(message1, message2));
        message2[message2.length - 1] ^= 1;
        assertThat(BindReply.open(message2, atDevice, "TL")).isEmpty();
      }
    }
  }

  @Test
  void open_wrongActivationCode_isRefused() {
    for (Offer of : List.of(offer, hybrid)) {
      assertThat(open(of, seal(terms(of), Secret.random(random, 16)))).isEmpty();
    }
  }

  @Test
  void open_anotherMlKemKeyOrNone_isRefused() {
    Message1 message = Message1.decode(seal(terms(hybrid), code).message1());
    assertThat(message.open(hybrid, Suite.CLASSIC, code, hpke, MlKemKey.generate(random)))
        .isEmpty();
    assertThat(message.open(hybrid, Suite.CLASSIC, code, hpke, null)).isEmpty();
    assertThat(message.open(hybrid, Suite.HYBRID, code, hpke, kem)).isEmpty();
    assertThat(message.open(hybrid, Suite.CLASSIC, code, hpke, kem)).isPresent();
  }

  @Test
  void open_anyFieldOfTheOfferChangedOnTheWay_isRefused() {
    List<Offer> changed =
        List.of(
            offer("TM", "Bank", "USER", 1, "We agree.", CLASSIC, 1, NOW, null),
            offer("TL", "Bonk", "USER", 1, "We agree.", CLASSIC, 1, NOW, null),
            offer("TL", "Bank", "PROVIDER", 1, "We agree.", CLASSIC, 1, NOW, null),
            offer("TL", "Bank", "USER", 2, "We agree.", CLASSIC, 1, NOW, null),
            offer("TL", "Bank", "USER", 1, "We agree!", CLASSIC, 1, NOW, null),
            offer("TL", "Bank", "USER", 1, "We agree.", List.of(1, 3), 1, NOW, null),
            offer("TL", "Bank", "USER", 1, "We agree.", CLASSIC, 2, NOW, null),
            offer("TL", "Bank", "USER", 1, "We agree.", CLASSIC, 1, NOW + 1, null));
    for (Offer other : changed) {
      assertThat(open(offer, seal(terms(other), code))).isEmpty();
    }
  }

  @Test
  void verify_signatureByAnotherKey_isRefused() {
    byte[] sign1 = request(terms(offer)).sign(SigningKey.generate(random), "TL");
    assertThatThrownBy(() -> BindRequest.verify(sign1, terms(offer)))
        .isInstanceOf(SignatureRefusedException.class);
  }

  @Test
  void activation_text_roundTripsAndFindsTypingErrors() {
    Activation activation = new Activation(id, code, offer.fingerprint());
    String text = activation.text();
    assertThat(text).hasSize(78);
    Activation parsed = Activation.parse(text.toLowerCase(java.util.Locale.ROOT));
    assertThat(parsed.code()).isEqualTo(code);
    assertThat(parsed.enrolmentId()).isEqualTo(id);
    char wrong = text.charAt(5) == 'A' ? 'B' : 'A';
    assertThatThrownBy(() -> Activation.parse(text.substring(0, 5) + wrong + text.substring(6)))
        .isInstanceOf(MalformedInputException.class);
  }

  @Test
  void offer_contractTextSwapped_isRefused() {
    byte[] good = offer.encode();
    assertThat(Offer.decode(good).contractText()).isEqualTo("We agree.");
    for (int i = 0; i < good.length - 9; i++) {
      if (new String(good, i, 9, java.nio.charset.StandardCharsets.ISO_8859_1)
          .equals("We agree.")) {
        byte[] swapped = good.clone();
        swapped[i] = 'M';
        assertThatThrownBy(() -> Offer.decode(swapped)).isInstanceOf(MalformedInputException.class);
        return;
      }
    }
    throw new AssertionError("contract text not found in the offer");
  }
}

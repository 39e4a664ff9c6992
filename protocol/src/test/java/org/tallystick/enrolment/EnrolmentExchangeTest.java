package org.tallystick.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tallystick.code.DeviceBinding;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.EcdhKey;
import org.tallystick.crypto.Hpke;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.SignatureRefusedException;
import org.tallystick.format.Suite;

/** TSE-02, TSE-04: both sides of sections 3 E1 to E5. */
class EnrolmentExchangeTest {
  private static final long NOW = 1_790_000_000_000L;
  private final SecureRandom random = new SecureRandom();
  private final byte[] id = Secret.random(random, 16).reveal();
  private final Secret code = Secret.random(random, 16);
  private final EcdhKey hpke = EcdhKey.generate(random);
  private final SigningKey device = SigningKey.generate(random);
  private final Offer offer =
      new Offer("TL", "Bank", id, "USER", 1, "We agree.", hpke.publicPoint(), 1, NOW);

  private BindRequest request(Offer to) {
    return new BindRequest(
        Sha256.of(to.info()),
        device.verificationKey(),
        new Footprint("Maker", "Model", "1", "Linux", "0.1"),
        new byte[32],
        new byte[32],
        to.contractHash(),
        NOW);
  }

  private Hpke.Sealed seal(Offer to, Secret with) {
    return Hpke.sealPsk(
        to.hpkePoint(),
        to.info(),
        Activation.psk(to.enrolmentId(), with).reveal(),
        to.enrolmentId(),
        new byte[0],
        request(to).sign(device, "TL"),
        EnrolmentSecrets.EXPORTER,
        32);
  }

  private java.util.Optional<Hpke.Opened> open(Hpke.Sealed sealed) {
    return Hpke.openPsk(
        sealed.enc(),
        hpke,
        offer.info(),
        Activation.psk(id, code).reveal(),
        id,
        new byte[0],
        sealed.ciphertext(),
        EnrolmentSecrets.EXPORTER,
        32);
  }

  @Test
  void exchange_goodRun_bothSidesDeriveTheSame() {
    Hpke.Sealed sealed = seal(offer, code);
    byte[] message1 = Cbor.array(Cbor.of(sealed.enc()), Cbor.of(sealed.ciphertext())).encode();
    Hpke.Opened opened = open(sealed).orElseThrow();
    BindRequest bind = BindRequest.verify(opened.plaintext(), offer);
    assertThat(bind.deviceKey()).isEqualTo(device.verificationKey());

    byte[] nonce = Secret.random(random, 32).reveal();
    SigningKey bank = SigningKey.generate(random);
    DeviceBinding binding =
        new DeviceBinding(
            "TL", Suite.CLASSIC, new byte[16], new byte[16], new byte[16], new byte[16]);
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
                Sha256.of(opened.plaintext()),
                binding.suite())
            .sign(bank);
    try (EnrolmentSecrets atBank = EnrolmentSecrets.derive(opened.exported(), message1, nonce)) {
      byte[] message2 =
          new BindReply(binding, List.of(new byte[17]), 1, record, NOW, null).seal(atBank, nonce);
      try (EnrolmentSecrets atDevice =
          EnrolmentSecrets.derive(sealed.exported(), message1, BindReply.bankNonce(message2))) {
        BindReply reply = BindReply.open(message2, atDevice, "TL").orElseThrow();
        assertThat(BindingRecord.verify(reply.bindingRecord(), bank.verificationKey(), "TL").role())
            .isEqualTo("USER");
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
    assertThat(open(seal(offer, Secret.random(random, 16)))).isEmpty();
  }

  @Test
  void open_anyFieldOfTheOfferChangedOnTheWay_isRefused() {
    List<Offer> changed =
        List.of(
            new Offer("TM", "Bank", id, "USER", 1, "We agree.", hpke.publicPoint(), 1, NOW),
            new Offer("TL", "Bonk", id, "USER", 1, "We agree.", hpke.publicPoint(), 1, NOW),
            new Offer("TL", "Bank", id, "PROVIDER", 1, "We agree.", hpke.publicPoint(), 1, NOW),
            new Offer("TL", "Bank", id, "USER", 2, "We agree.", hpke.publicPoint(), 1, NOW),
            new Offer("TL", "Bank", id, "USER", 1, "We agree!", hpke.publicPoint(), 1, NOW),
            new Offer("TL", "Bank", id, "USER", 1, "We agree.", hpke.publicPoint(), 2, NOW));
    for (Offer other : changed) {
      assertThat(open(seal(other, code))).isEmpty();
    }
  }

  @Test
  void verify_signatureByAnotherKey_isRefused() {
    byte[] sign1 = request(offer).sign(SigningKey.generate(random), "TL");
    assertThatThrownBy(() -> BindRequest.verify(sign1, offer))
        .isInstanceOf(SignatureRefusedException.class);
  }

  @Test
  void activation_text_roundTripsAndFindsTypingErrors() {
    Activation activation = new Activation(id, code, Activation.fingerprint(hpke.publicPoint()));
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

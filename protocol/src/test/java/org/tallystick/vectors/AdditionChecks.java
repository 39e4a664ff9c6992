package org.tallystick.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tallystick.answer.Progress;
import org.tallystick.answer.SealedProgress;
import org.tallystick.bill.Bill;
import org.tallystick.bill.PaymentOffer;
import org.tallystick.bill.TermsHash;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.money.Money;
import org.tallystick.pin.PinVerifier;

/** Recomputes or refuses terms hashes, offers, level PINs and progress messages. */
final class AdditionChecks {
  static final Map<String, Consumer<VectorReader>> GOOD =
      Map.of(
          "terms-hash", AdditionChecks::termsHash,
          "payment-offer", AdditionChecks::offer,
          "level-pin", AdditionChecks::levelPin,
          "level-pin-change", AdditionChecks::levelPinChange,
          "progress", AdditionChecks::progress);

  static final Map<String, Function<VectorReader, String>> BAD =
      Map.of(
          "payment-offer-bad", AdditionChecks::badOffer,
          "progress-bad", AdditionChecks::badProgress);

  private static final String ACCEPTED = "accepted";

  private AdditionChecks() {}

  private static void termsHash(VectorReader v) {
    v.same(
        "billHash",
        TermsHash.of(
            v.text("consortium"),
            v.text("number"),
            Money.of(v.integer("amount"), v.text("currency"))));
  }

  private static void offer(VectorReader v) {
    PaymentOffer offer = PaymentOffer.ofQrText(v.text("qr"));
    v.same("offer", offer.encode());
    assertThat(offer.qrText()).isEqualTo(v.text("qr"));
    v.same("id", offer.id());
    assertThat(offer.minor()).isEqualTo(v.integerOrNull("amount"));
    assertThat(offer.currency()).isEqualTo(v.textOrNull("currency"));
    assertThat(offer.expiresMillis()).isEqualTo(v.integer("expires"));
    assertThat(offer.text()).isEqualTo(v.textOrNull("text"));
    assertThat(offer.isOpen(v.text("consortium"), v.integer("at"))).isTrue();
    assertThat(offer.fits(Bill.decode(v.hex("bill")).body())).isTrue();
  }

  private static String badOffer(VectorReader v) {
    PaymentOffer offer;
    try {
      offer = PaymentOffer.ofQrText(v.text("qr"));
    } catch (MalformedInputException malformed) {
      return "malformed";
    }
    if (!offer.isOpen(v.text("consortium"), v.integer("at"))) {
      return "F1";
    }
    return offer.fits(Bill.decode(v.hex("bill")).body()) ? ACCEPTED : "F2";
  }

  private static void levelPin(VectorReader v) {
    v.same(
        "proof",
        PinVerifier.ofBytes(v.hex("v"))
            .levelProof(
                v.secret("pinKey"),
                (int) v.integer("level"),
                v.hex("deviceId"),
                v.integer("epoch"),
                v.integer("n"),
                (int) v.integer("role"),
                v.hex("billHash")));
  }

  private static void levelPinChange(VectorReader v) {
    byte @Nullable [] newV = v.hexOrNull("newV");
    v.same(
        "proof",
        PinVerifier.ofBytes(v.hex("v"))
            .levelChangeProof(
                v.secret("pinKey"),
                v.hex("deviceId"),
                v.integer("epoch"),
                v.hex("nonce"),
                (int) v.integer("level"),
                newV == null ? new byte[0] : newV));
  }

  private static Optional<Progress> open(VectorReader v) {
    return SealedProgress.open(
        v.hex("sealed"),
        v.suite(),
        v.text("consortium"),
        v.hex("deviceId"),
        v.integer("epoch"),
        v.integer("n"),
        (int) v.integer("i"),
        v.text("number"),
        v.key("answerPublic"),
        v.secret("reply"));
  }

  private static void progress(VectorReader v) {
    Progress progress = open(v).orElseThrow();
    v.same("body", progress.encode());
    v.same("codeHash", progress.codeHash());
    assertThat(progress.stage()).isEqualTo((int) v.integer("stage"));
    assertThat(progress.timeMillis()).isEqualTo(v.integer("time"));
    assertThat(progress.notAfterMillis()).isEqualTo(v.integer("notAfter"));
  }

  /** The code hash is compared by who holds the code. */
  private static String badProgress(VectorReader v) {
    boolean own =
        open(v)
            .filter(progress -> Arrays.equals(progress.codeHash(), v.hex("codeHash")))
            .isPresent();
    return own ? ACCEPTED : "G3";
  }
}

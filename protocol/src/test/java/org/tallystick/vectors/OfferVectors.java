package org.tallystick.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.bill.PaymentOffer;
import org.tallystick.bill.TermsHash;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.money.Money;

/** Sections 6.2 and 6.3: terms hashes and offers. */
final class OfferVectors {
  private static final long EXPIRES = Fixed.NOW + PaymentOffer.MAX_LIFE_MILLIS;

  private final byte[] bill;
  private final byte[] id = Fixed.bytes("offer id", 10);
  private final List<JsonNode> all = new ArrayList<>();

  private OfferVectors(ExamplePayment payment) {
    bill = payment.bill.encode();
  }

  static List<JsonNode> all(ExamplePayment payment) {
    OfferVectors vectors = new OfferVectors(payment);
    vectors.terms("CHF", 2_500);
    vectors.terms("JPY", 0);
    vectors.terms("USD", Money.MAX_MINOR);
    vectors.good("an amount and a text", 2_565L, "CHF", "Für den Kuchen");
    vectors.good("a currency alone", null, "CHF", null);
    vectors.good("neither amount nor currency", null, null, "x".repeat(64));
    vectors.forms();
    vectors.members();
    vectors.answers();
    return vectors.all;
  }

  private void terms(String currency, long amount) {
    String number = "0123456789ABCDEF";
    byte[] hash = TermsHash.of(ExampleBank.CONSORTIUM, number, Money.of(amount, currency));
    all.add(
        Vector.of("terms-hash", amount + " " + currency)
            .text("consortium", ExampleBank.CONSORTIUM)
            .text("number", number)
            .integer("amount", amount)
            .text("currency", currency)
            .hex("billHash", hash)
            .node());
  }

  private PaymentOffer offer(@Nullable Long amount, @Nullable String currency, @Nullable String t) {
    return new PaymentOffer(ExampleBank.CONSORTIUM, id, amount, currency, EXPIRES, t);
  }

  private Vector with(String kind, String name, String qr, long at) {
    return Vector.of(kind, name)
        .text("consortium", ExampleBank.CONSORTIUM)
        .integer("at", at)
        .hex("bill", bill)
        .text("qr", qr);
  }

  private void good(
      String name, @Nullable Long amount, @Nullable String currency, @Nullable String text) {
    PaymentOffer offer = offer(amount, currency, text);
    all.add(
        with("payment-offer", name, offer.qrText(), Fixed.NOW)
            .hex("id", id)
            .integer("amount", amount)
            .text("currency", currency)
            .integer("expires", EXPIRES)
            .text("text", text)
            .hex("offer", offer.encode())
            .node());
  }

  private void bad(String name, String qr, long at, String refusal) {
    all.add(with("payment-offer-bad", name, qr, at).refused(refusal));
  }

  private void bad(String name, String qr) {
    bad(name, qr, Fixed.NOW, "malformed");
  }

  private void forms() {
    String good = offer(2_565L, "CHF", null).qrText();
    bad("empty", "");
    bad("prefix of a bill", good.replaceFirst("TALLYO", "TALLY1"));
    bad("prefix in lower case", good.replaceFirst("TALLYO", "tallyo"));
    bad("padded", good + "=");
    byte[] bytes = offer(2_565L, "CHF", null).encode();
    bad("trailing byte", PaymentOffer.QR_PREFIX + Base64Url.encode(Cose.with(bytes, 0)));
    bad("over 512 bytes", PaymentOffer.QR_PREFIX + Base64Url.encode(new byte[513]));
  }

  private void member(String name, long key, @Nullable Cbor value) {
    Cbor.Map map = (Cbor.Map) Cbor.decode(offer(2_565L, "CHF", "Kuchen").encode());
    byte[] changed = Cose.with(map, key, value).encode();
    bad(name, PaymentOffer.QR_PREFIX + Base64Url.encode(changed));
  }

  private void members() {
    member("format 0", 1, Cbor.of(0));
    member("consortium of three letters", 2, Cbor.of("TLL"));
    member("id of 9 bytes", 3, Cbor.of(new byte[9]));
    member("amount negative", 4, Cbor.of(-1));
    member("amount over 10^15", 4, Cbor.of(Money.MAX_MINOR + 1));
    member("amount without currency", 5, Cbor.NULL);
    member("currency unknown", 5, Cbor.of("QQQ"));
    member("no expiry", 6, null);
    member("expiry negative", 6, Cbor.of(-1));
    member("text of 65 characters", 7, Cbor.of("x".repeat(65)));
    member("text that turns the reading direction", 7, Cbor.of("a\u202eb"));
    member("text with a line feed", 7, Cbor.of("a\nb"));
    member("unknown key", 8, Cbor.of(0));
  }

  private void answers() {
    String good = offer(2_565L, "CHF", null).qrText();
    bad("over", good, EXPIRES + 1, "F1");
    bad("expires more than a quarter of an hour ahead", good, Fixed.NOW - 1, "F1");
    PaymentOffer other = new PaymentOffer("TM", id, null, null, EXPIRES, null);
    bad("of another consortium", other.qrText(), Fixed.NOW, "F1");
    bad("bill of another amount", offer(2_564L, "CHF", null).qrText(), Fixed.NOW, "F2");
    bad("bill in another currency", offer(2_565L, "EUR", null).qrText(), Fixed.NOW, "F2");
    bad("bill in another currency, any amount", offer(null, "EUR", null).qrText(), Fixed.NOW, "F2");
  }
}

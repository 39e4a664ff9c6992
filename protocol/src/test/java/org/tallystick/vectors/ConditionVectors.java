package org.tallystick.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tallystick.bill.TermsHash;
import org.tallystick.code.Conditions;
import org.tallystick.code.DeviceSequence;
import org.tallystick.code.EpochStart;
import org.tallystick.code.HalfOptions;
import org.tallystick.code.HalfTerms;
import org.tallystick.code.Limits;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.codec.Cbor;
import org.tallystick.crypto.Sha256;
import org.tallystick.money.Money;
import org.tallystick.pin.PinVerifier;
import org.tallystick.sequencer.Epoch;

/** Sections 5 and 5.3: halves with conditions, later steps, the compact profile. */
final class ConditionVectors {
  private static final long DAY = 86_400_000L;

  private final ExamplePayment payment;
  private final ExampleHalf payer;
  private final ExampleHalf payee;
  private final ExampleHalf compact;
  private final byte[] content = Fixed.bytes("content hash", 32);
  private final byte[] belongsTo;
  private final List<JsonNode> all = new ArrayList<>();

  private ConditionVectors(ExamplePayment payment) {
    this.payment = payment;
    payer = payment.payerHalf;
    payee = payment.payeeHalf;
    belongsTo = payee.sealed.codeHash();
    compact = half("compact payer", payer, payer.terms.with(HalfOptions.COMPACT));
  }

  static List<JsonNode> codes(ExamplePayment payment, ExampleRekey rekey) {
    ConditionVectors vectors = new ConditionVectors(payment);
    vectors.limits();
    vectors.terms();
    vectors.laterSteps();
    vectors.compact(rekey);
    vectors.badLimits();
    vectors.badConditions();
    vectors.badLaterSteps();
    vectors.badCompact();
    vectors.badPrivateMaps();
    return vectors.all;
  }

  private static ExampleHalf half(String name, ExampleHalf in, HalfTerms terms) {
    return new ExampleHalf(name, in.party, in.at, terms, in.alias);
  }

  private void good(String name, ExampleHalf in, HalfTerms terms) {
    all.add(half(name, in, terms).vector(name).node());
  }

  private static HalfTerms amount(HalfTerms of, Purpose purpose, long minor) {
    return new HalfTerms(
        of.role(),
        purpose,
        of.number(),
        of.billHash(),
        Money.of(minor, of.amount().currency()),
        of.counterparty(),
        of.notAfterMillis(),
        of.shorthand(),
        of.pin(),
        null,
        of.logIndex(),
        of.logHead());
  }

  private void limits() {
    long asked = payee.terms.amount().minor();
    Limits.Hold hold = new Limits.Hold(asked, Fixed.NOW + 31 * DAY);
    Limits.Charges charges =
        new Limits.Charges(1, Limits.Charges.MAX_COUNT, 3_600_000, Fixed.NOW + 400 * DAY);
    Conditions asks = new Conditions(Limits.ofTip(500), content, Conditions.ALL_CONSENT, false);
    good("payee asks for a tip, content and all consent", payee, payee.terms.with(asks));
    Conditions grants = new Conditions(Limits.ofTip(300), content, Conditions.IDENTITY, false);
    HalfTerms tipped = amount(payer.terms, Purpose.PURCHASE, asked + 300).with(grants);
    PinVerifier three = PinVerifier.ofBytes(Fixed.bytes("V of level 3", 32));
    PinVerifier seven = PinVerifier.ofBytes(Fixed.bytes("V of level 7", 32));
    PinVerifier one = PinVerifier.ofBytes(Fixed.bytes("V of level 1", 32));
    Map<Integer, PinVerifier> levels = Map.of(1, one, 3, three, 7, seven);
    good(
        "payer gives a tip and consent, with three level PINs",
        payer,
        tipped.with(new HalfOptions(null, " ~".repeat(16), levels, false)));
    Limits nothing = Limits.ofTip(0);
    good("payer gives a tip of 0", payer, payer.terms.with(Conditions.of(nothing)));
    HalfTerms all = amount(payer.terms, Purpose.PURCHASE, 300).with(Conditions.of(Limits.ofTip(300)));
    good("payer gives nothing but a tip", payer, all);
    Limits held = new Limits(null, hold, null);
    good("payee asks for a hold of the amount", payee, payee.terms.with(Conditions.of(held)));
    Limits both = new Limits(300L, hold, null);
    good("payer grants a hold, with a tip", payer, tipped.with(Conditions.of(both)));
    Limits recurring = new Limits(null, null, charges);
    good("payee asks for charges", payee, payee.terms.with(Conditions.of(recurring)));
    good("payer grants charges", payer, payer.terms.with(Conditions.of(recurring)));
    good("payer gives a loyalty id alone", payer, payer.terms.with(loyalty("7")));
    Conditions documents = new Conditions(null, content, 0, false);
    good("payer agrees to documents", payer, payer.terms.with(documents));
  }

  private static HalfOptions loyalty(String id) {
    return new HalfOptions(null, id, Map.of(), false);
  }

  private HalfTerms inTermsMode(HalfTerms of) {
    byte[] hash = TermsHash.of(ExampleBank.CONSORTIUM, of.number(), of.amount());
    return new HalfTerms(
            of.role(),
            of.purpose(),
            of.number(),
            hash,
            of.amount(),
            null,
            of.notAfterMillis(),
            of.shorthand(),
            of.pin(),
            null,
            of.logIndex(),
            of.logHead())
        .with(Conditions.TERMS);
  }

  private void terms() {
    good("payer in terms mode", payer, inTermsMode(payer.terms));
    good("payee in terms mode", payee, inTermsMode(payee.terms));
    good("payer in terms mode, compact", payer, inTermsMode(payer.terms).with(HalfOptions.COMPACT));
  }

  private HalfTerms later(Purpose purpose, long minor) {
    return amount(payee.terms, purpose, minor).with(HalfOptions.belongingTo(belongsTo));
  }

  private void laterSteps() {
    good("payee completes a hold", payee, later(Purpose.COMPLETE, 2_000));
    good("payee gives a hold back", payee, later(Purpose.COMPLETE, 0));
    good("payee takes a charge", payee, later(Purpose.CHARGE, 1));
  }

  /** With the largest numbers that the format knows: four joined text messages hold it. */
  private void compact(ExampleRekey rekey) {
    all.add(compact.vector("compact payer").node());
    good("compact payee", payee, payee.terms.with(HalfOptions.COMPACT));
    long first = (1L << 48) - 1;
    long closed = first + Epoch.NUMBERS;
    DeviceSequence last =
        new DeviceSequence(
            Integer.MAX_VALUE,
            new EpochStart(first, closed, Fixed.bytes("prev", 16)),
            first + Epoch.NUMBERS - 1,
            Fixed.secret("last chain", 32),
            Fixed.secret("last string2", 32),
            Fixed.bytes("prev", 16));
    HalfTerms terms =
        new HalfTerms(
                Role.PAYER,
                Purpose.PURCHASE,
                "ZZZZZZZZZZZZZZZZ",
                Fixed.bytes("bill hash", 32),
                Money.of(Money.MAX_MINOR, "CHF"),
                payment.payee.binding.accountIdentifier(),
                Fixed.NOW + DAY,
                "üüüü",
                rekey.party.pin,
                null,
                (1L << 53) - 1,
                Fixed.bytes("head", 32))
            .with(HalfOptions.COMPACT);
    ExampleHalf longest =
        new ExampleHalf("longest compact", payment.payer, last, terms, payer.alias);
    all.add(
        longest
            .vector("the longest compact code")
            .integer("length", longest.sealed.text().length())
            .node());
  }

  private void bad(ExampleHalf of, String name, Cbor.Map map, String refusal) {
    bad(of, name, of.sealing(map, of.privateMapBytes()), refusal);
  }

  private void bad(ExampleHalf of, String name, String text, String refusal) {
    all.add(
        Vector.of("code-bad", name)
            .part("bank", of.bankState())
            .integer("at", Fixed.NOW)
            .text("code", text)
            .refused(refusal));
  }

  private void map(ExampleHalf of, String name, long key, @Nullable Cbor value, String refusal) {
    bad(of, name, Cose.with(of.signedMap(), key, value), refusal);
  }

  private void limits(ExampleHalf of, String name, Cbor limits) {
    map(of, "limits: " + name, 25, limits, "O6");
  }

  private static Cbor one(long key, long... values) {
    Cbor[] items = new Cbor[values.length];
    for (int i = 0; i < values.length; i++) {
      items[i] = Cbor.of(values[i]);
    }
    return Cbor.map().put(key, key == 1 ? items[0] : Cbor.array(items)).build();
  }

  private void badLimits() {
    long now = Fixed.NOW;
    long amount = payee.terms.amount().minor();
    long over = Money.MAX_MINOR + 1;
    limits(payee, "none", Cbor.map().build());
    limits(payee, "unknown key", Cbor.map().put(1, Cbor.of(1)).put(4, Cbor.of(1)).build());
    limits(payee, "a highest tip of 0", one(1, 0));
    limits(payer, "a tip of -1", one(1, -1));
    limits(payer, "a tip above the amount", one(1, amount + 1));
    limits(payee, "a tip above 10^15", one(1, over));
    limits(payee, "hold below the amount", one(2, amount - 1, now));
    limits(payee, "hold above 10^15", one(2, over, now));
    limits(payee, "hold for 31 days and a millisecond", one(2, amount, now + 31 * DAY + 1));
    limits(payee, "hold that is over", one(2, amount, now - 1));
    limits(payee, "hold without an end", one(2, amount));
    limits(payee, "charges of 0", one(3, 0, 1, 3_600_000, now));
    limits(payee, "charges above 10^15", one(3, over, 1, 3_600_000, now));
    limits(payee, "no charges", one(3, 1, 0, 3_600_000, now));
    limits(payee, "121 charges", one(3, 1, 121, 3_600_000, now));
    limits(payee, "2^32 + 1 charges", one(3, 1, (1L << 32) + 1, 3_600_000, now));
    limits(payee, "charges in less than an hour", one(3, 1, 1, 3_599_999, now));
    limits(payee, "charges for 400 days and more", one(3, 1, 1, 3_600_000, now + 400 * DAY + 1));
    limits(payee, "charges that are over", one(3, 1, 1, 3_600_000, now - 1));
    limits(payee, "charges without an end", one(3, 1, 1, 3_600_000));
    Cbor hold = Cbor.array(Cbor.of(amount), Cbor.of(now));
    Cbor charges = Cbor.array(Cbor.of(1), Cbor.of(1), Cbor.of(3_600_000), Cbor.of(now));
    limits(payee, "hold and charges", Cbor.map().put(2, hold).put(3, charges).build());
    Cbor below = Cbor.array(Cbor.of(amount - 301), Cbor.of(now));
    limits(
        payer,
        "hold below the amount without tip",
        Cbor.map().put(1, Cbor.of(300)).put(2, below).build());
  }

  private void badConditions() {
    map(payer, "content hash of 31 bytes", 26, Cbor.of(new byte[31]), "O6");
    map(payer, "no consent", 27, Cbor.of(0), "O6");
    map(payer, "unknown consent", 27, Cbor.of(16), "O6");
    map(payer, "consent 2^32 + 1", 27, Cbor.of((1L << 32) + 1), "O6");
    map(payee, "terms mode is false", 28, Cbor.of(false), "O6");
    map(payer, "terms mode with a counterparty", 28, Cbor.of(true), "O6");
    ExampleHalf terms = half("terms mode", payee, inTermsMode(payee.terms));
    map(terms, "terms mode with limits", 25, one(1, 1), "O6");
    map(terms, "terms mode with a content hash", 26, Cbor.of(content), "O6");
    map(terms, "terms mode with consent", 27, Cbor.of(1), "O6");
    map(payer, "unknown key 31", 31, Cbor.of(0), "O6");
    map(payer, "profile 2", 30, Cbor.of(2), "O6");
    Cbor.Map cancel = Cose.with(payee.signedMap(), 3, Cbor.of(2));
    Cbor.Map cancels = Cose.with(cancel, 21, Cbor.of(0));
    bad(payee, "cancel with limits", Cose.with(cancels, 25, one(1, 1)), "O6");
    bad(payee, "cancel with consent", Cose.with(cancels, 27, Cbor.of(1)), "O6");
    bad(payee, "cancel in terms mode", Cose.with(cancels, 28, Cbor.of(true)), "O6");
  }

  private void badLaterSteps() {
    map(payee, "belongs to a half, with purpose purchase", 29, Cbor.of(belongsTo), "O6");
    ExampleHalf step = half("charge", payee, later(Purpose.CHARGE, 1));
    map(step, "charge that belongs to nothing", 29, null, "O6");
    map(step, "belongs to 31 bytes", 29, Cbor.of(new byte[31]), "O6");
    map(step, "charge with limits", 25, one(1, 1), "O6");
    map(step, "charge with a content hash", 26, Cbor.of(content), "O6");
    map(step, "charge with a cancelled n", 21, Cbor.of(0), "O6");
    map(step, "charge by a payer", 2, Cbor.of(1), "O8");
    map(step, "complete by a payer", 2, Cbor.of(1), "O8", 3, Cbor.of(3));
  }

  private void map(
      ExampleHalf of, String name, long key, Cbor value, String refusal, long more, Cbor other) {
    bad(of, name, Cose.with(Cose.with(of.signedMap(), key, value), more, other), refusal);
  }

  private void badCompact() {
    Cbor id = Cbor.of(new byte[16]);
    map(compact, "compact with a device", 4, id, "O6");
    map(compact, "compact with an account", 5, id, "O6");
    map(compact, "compact with a contract", 6, id, "O6");
    map(compact, "compact with n + 1", 9, Cbor.of(compact.sealed.n() + 1), "O6");
    map(compact, "compact with a head of 32 bytes", 19, Cbor.of(new byte[32]), "O6");
    map(payer, "head of 16 bytes, not compact", 19, id, "O6");
    map(payer, "digest of 16 bytes, not compact", 20, id, "O6");
    map(compact, "compact with a digest of 32 bytes", 20, Cbor.of(new byte[32]), "O6");
    map(compact, "compact: digest of another private map", 20, id, "O8");
    map(payer, "compact with everything else as ever", 30, Cbor.of(1), "O6");
    map(compact, "profile absent, not all the rest", 30, null, "O6");
    Cbor.Map progress = Cbor.map().put("progress", Cbor.of(new byte[] {1})).build();
    map(compact, "compact with a critical extension", 23, progress, "O6");
    map(compact, "compact with an extension", 24, progress, "O6");
    map(compact, "compact with limits", 25, one(1, 1), "O6");
    map(compact, "compact with a content hash", 26, Cbor.of(content), "O6");
    map(compact, "compact with consent", 27, Cbor.of(1), "O6");
    ExampleHalf payees = half("compact payee", payee, payee.terms.with(HalfOptions.COMPACT));
    map(payees, "compact charge", 3, Cbor.of(4), "O6", 29, Cbor.of(belongsTo));
    privateMap(compact, "compact with a shorthand of nine bytes", 3, Cbor.of("aaaaaaaü"));
    privateMap(compact, "compact with a loyalty id", 5, Cbor.of("7"));
    Cbor levels = Cbor.map().put(1, Cbor.of(new byte[32])).build();
    privateMap(compact, "compact with a level PIN", 6, levels);
    map(compact, "compact: log head of another log", 19, id, "O9b");
  }

  private void privateMap(ExampleHalf of, String name, long key, Cbor value) {
    byte[] bytes = Cose.with((Cbor.Map) Cbor.decode(of.privateMapBytes()), key, value).encode();
    int length = of.terms.options().compact() ? 16 : 32;
    Cbor digest = Cbor.of(Arrays.copyOf(Sha256.of(bytes), length));
    Cbor.Map signed = Cose.with(of.signedMap(), 20, digest);
    bad(of, name, of.sealing(signed, bytes), "O6");
  }

  private void badPrivateMaps() {
    privateMap(payer, "loyalty id empty", 5, Cbor.of(""));
    privateMap(payer, "loyalty id of 33 characters", 5, Cbor.of("7".repeat(33)));
    privateMap(payer, "loyalty id with a line feed", 5, Cbor.of("a\nb"));
    privateMap(payer, "loyalty id with a delete character", 5, Cbor.of("a\u007fb"));
    privateMap(payer, "loyalty id that turns the reading direction", 5, Cbor.of("a\u202eb"));
    privateMap(payer, "loyalty id outside ASCII", 5, Cbor.of("Zoë"));
    privateMap(payer, "no level proof", 6, Cbor.map().build());
    Cbor proof = Cbor.of(new byte[32]);
    privateMap(payer, "proof of level 0", 6, Cbor.map().put(0, proof).build());
    privateMap(payer, "proof of level 8", 6, Cbor.map().put(8, proof).build());
    Cbor.MapBuilder four = Cbor.map();
    for (int level = 1; level <= 4; level++) {
      four.put(level, proof);
    }
    privateMap(payer, "four level proofs", 6, four.build());
    Cbor brief = Cbor.map().put(1, Cbor.of(new byte[31])).build();
    privateMap(payer, "level proof of 31 bytes", 6, brief);
    privateMap(payer, "private map with an unknown key 7", 7, Cbor.of(0));
  }
}

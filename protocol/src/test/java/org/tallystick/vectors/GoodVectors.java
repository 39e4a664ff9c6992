package org.tallystick.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.tallystick.alias.AliasKey;
import org.tallystick.answer.Answer;
import org.tallystick.answer.ReplyKeys;
import org.tallystick.answer.SealedAnswer;
import org.tallystick.bill.Bill;
import org.tallystick.code.Code;
import org.tallystick.code.CodeOpener;
import org.tallystick.code.ConsumedCodes;
import org.tallystick.code.DeviceBinding;
import org.tallystick.code.DeviceSequence;
import org.tallystick.code.HalfSealer;
import org.tallystick.code.HalfTerms;
import org.tallystick.code.OpenResult;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.TransactionNumber;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.EcdhKey;
import org.tallystick.crypto.Hpke;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.enrolment.Activation;
import org.tallystick.enrolment.BindReply;
import org.tallystick.enrolment.BindRequest;
import org.tallystick.enrolment.BindingRecord;
import org.tallystick.enrolment.EnrolmentSecrets;
import org.tallystick.enrolment.Offer;
import org.tallystick.evidence.EvidenceBundle;
import org.tallystick.format.Format;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.keys.BankKey;
import org.tallystick.keys.BankKeySet;
import org.tallystick.log.LogLine;
import org.tallystick.money.Money;
import org.tallystick.pin.PinVerifier;
import org.tallystick.receipt.Receipt;
import org.tallystick.sequencer.OneTimeKeys;
import org.tallystick.sequencer.SequencerState;

/**
 * Checks what must hold: each kind recomputed from its inputs by the protocol's own classes. Long,
 * because it is one short method for each kind and nothing else.
 */
final class GoodVectors {
  static final Map<String, Consumer<VectorReader>> CHECKS = new TreeMap<>();

  static {
    CHECKS.put("cbor", GoodVectors::cbor);
    CHECKS.put("base64url", GoodVectors::base64Url);
    CHECKS.put("number", GoodVectors::number);
    CHECKS.put("number-typed", GoodVectors::typed);
    CHECKS.put("activation", GoodVectors::activation);
    CHECKS.put("aad", GoodVectors::aad);
    CHECKS.put("sign1", GoodVectors::sign1);
    CHECKS.put("sequence", GoodVectors::sequence);
    CHECKS.put("alias", GoodVectors::alias);
    CHECKS.put("pin", GoodVectors::pin);
    CHECKS.put("code", GoodVectors::code);
    CHECKS.put("bill", GoodVectors::bill);
    CHECKS.put("keys", GoodVectors::keys);
    CHECKS.put("enrolment", GoodVectors::enrolment);
    CHECKS.put("log", GoodVectors::log);
    CHECKS.put("receipt", GoodVectors::receipt);
    CHECKS.put("answer", GoodVectors::answer);
    CHECKS.put("evidence", GoodVectors::evidence);
  }

  private GoodVectors() {}

  private static void cbor(VectorReader v) {
    Cbor value = CborVectors.value(v.node().required("value"));
    v.same("hex", value.encode());
    assertThat(Cbor.decode(v.hex("hex"))).isEqualTo(value);
  }

  private static void base64Url(VectorReader v) {
    assertThat(Base64Url.encode(v.hex("bytes"))).isEqualTo(v.text("text"));
    v.same("bytes", Base64Url.decode(v.text("text")));
  }

  private static void number(VectorReader v) {
    assertThat(TransactionNumber.text(v.hex("bytes"))).isEqualTo(v.text("text"));
    v.same("bytes", TransactionNumber.bytes(v.text("text")));
  }

  private static void typed(VectorReader v) {
    assertThat(TransactionNumber.canonical(v.text("text"))).isEqualTo(v.text("number"));
  }

  private static void activation(VectorReader v) {
    Activation activation =
        new Activation(v.hex("enrolmentId"), v.secret("activationCode"), v.hex("fingerprint"));
    assertThat(activation.text()).isEqualTo(v.text("text"));
    for (JsonNode typed : v.node().required("typed")) {
      Activation parsed = Activation.parse(typed.asText());
      v.same("enrolmentId", parsed.enrolmentId());
      v.same("activationCode", parsed.code().reveal());
      v.same("fingerprint", parsed.fingerprint());
    }
  }

  private static void aad(VectorReader v) {
    v.same(
        "aad",
        Format.aad(
            v.text("type"),
            Suite.CLASSIC,
            v.text("consortium"),
            v.text("number"),
            v.text("account")));
  }

  private static void sign1(VectorReader v) {
    aad(v);
    CoseSign1 made =
        CoseSign1.sign(
            v.signing("scalar"), Format.typ(v.text("type")), v.hex("aad"), v.hex("payload"));
    v.same("sign1", made.encoded());
    v.same("protected", made.protectedBytes());
    v.same("signature", made.signature());
    v.same("sigStructure", Cose.sigStructure(made, v.hex("aad")));
    v.same("payload", payload(v, "public"));
  }

  private static byte[] payload(VectorReader v, String key) {
    return Signed.payload(
        v.hex("sign1"),
        v.key(key),
        v.text("type"),
        Suite.CLASSIC,
        v.text("consortium"),
        v.text("number"),
        v.text("account"));
  }

  static DeviceSequence at(VectorReader v, byte[] prev) {
    return new DeviceSequence(
        v.integer("epoch"), v.integer("n"), v.secret("chain"), v.secret("string2"), prev);
  }

  private static void sequence(VectorReader v) {
    try (OneTimeKeys keys =
        OneTimeKeys.derive(
            v.secret("chain"),
            v.secret("string2"),
            Suite.CLASSIC,
            v.hex("deviceId"),
            v.integer("epoch"),
            v.integer("n"))) {
      v.same("P", keys.skippedKey().reveal());
      v.same("key", keys.key().reveal());
      v.same("iv", keys.ivKey().reveal());
      v.same("hint", keys.hint());
      v.same("pin", keys.pinKey().reveal());
      v.same("reply", keys.replyRoot().reveal());
      v.same("number", keys.number());
      v.same("next", keys.nextChain().reveal());
    }
  }

  private static void alias(VectorReader v) {
    AliasKey key = new AliasKey((int) v.integer("keyId"), v.secret("key"));
    v.same("alias", key.alias(v.integer("deviceIndex"), Fixed.random(v.hex("random"))));
    assertThat(key.deviceIndex(v.hex("alias"))).contains(v.integer("deviceIndex"));
    assertThat(Base64Url.encode(v.hex("alias"))).isEqualTo(v.text("text")).hasSize(23);
  }

  private static void pin(VectorReader v) {
    PinVerifier verifier =
        PinVerifier.ofPin(
            v.text("pin").toCharArray(),
            v.secret("pinSecret"),
            v.hex("salt"),
            (int) v.integer("iterations"));
    v.same("v", verifier.toBytes());
    v.same(
        "proof",
        verifier.proof(
            v.secret("pinKey"),
            v.hex("deviceId"),
            v.integer("epoch"),
            v.integer("n"),
            (int) v.integer("role"),
            v.hex("billHash")));
  }

  private static void code(VectorReader v) {
    VectorReader sequence = v.part("sequence");
    sequence(sequence);
    VectorReader t = v.part("terms");
    DeviceBinding binding =
        new DeviceBinding(
            t.text("consortium"),
            Suite.CLASSIC,
            sequence.hex("deviceId"),
            t.hex("accountIdentifier"),
            t.hex("contractId"),
            t.hex("bindingValue"));
    SealedHalf made =
        new HalfSealer(binding, v.signing("deviceScalar"), Fixed.random(t.hex("salt")))
            .seal(at(sequence, t.hex("prev")), terms(t), v.hex("alias"), t.integer("time"));
    assertThat(made.text()).isEqualTo(v.text("code"));
    v.same("codeHash", made.codeHash());
    v.same("half", made.half());
    opens(v, sequence, made.n());
  }

  private static HalfTerms terms(VectorReader t) {
    byte[] pin = t.hexOrNull("v");
    return new HalfTerms(
        Role.of(t.integer("role")),
        Purpose.of(t.integer("purpose")),
        t.text("number"),
        t.hex("billHash"),
        Money.of(t.integer("amount"), t.text("currency")),
        t.hexOrNull("counterparty"),
        t.integer("notAfter"),
        t.textOrNull("shorthand"),
        pin == null ? null : PinVerifier.ofBytes(pin),
        t.integerOrNull("cancelledN"),
        t.integer("logIndex"),
        t.hex("logHead"));
  }

  private static void opens(VectorReader v, VectorReader sequence, long n) {
    SequencerState bank =
        new SequencerState(
            Suite.CLASSIC,
            sequence.hex("deviceId"),
            sequence.integer("epoch"),
            sequence.integer("n"),
            sequence.secret("chain"),
            sequence.secret("string2"),
            new TreeMap<>());
    OpenResult opened =
        new CodeOpener(v.key("devicePublic"), bank, consumed(List.of()))
            .open(Code.parse(v.text("code")), Fixed.NOW, Fixed.NOW + 86_400_000);
    assertThat(opened).isInstanceOf(OpenResult.Opened.class);
    OpenResult.Opened half = (OpenResult.Opened) opened;
    assertThat(half.half().signed().n()).isEqualTo(n);
    assertThat(half.next().next()).isEqualTo(n + 1);
    v.same("signedMap", half.half().signed().encode());
    v.same("privateMap", half.half().privateMap().encode());
    v.same("half", half.half().sign1());
  }

  static ConsumedCodes consumed(List<VectorReader> records) {
    return new ConsumedCodes() {
      @Override
      public Optional<Consumed> byNumber(long epoch, long n) {
        return records.stream()
            .filter(one -> one.integer("n") == n)
            .map(one -> new Consumed(one.hex("codeHash"), one.hex("prev"), one.text("number")))
            .findFirst();
      }

      @Override
      public Optional<Long> byHash(byte[] codeHash) {
        return records.stream()
            .filter(one -> Arrays.equals(one.hex("codeHash"), codeHash))
            .map(one -> one.integer("n"))
            .findFirst();
      }
    };
  }

  private static void bill(VectorReader v) {
    BankKeySet keys = BankKeySet.verify(v.hex("keySet"), v.key("rootPublic"), v.text("consortium"));
    Bill bill = Bill.ofQrText(v.text("qr"));
    v.same("bill", bill.encode());
    v.same("billHash", bill.hash());
    Bill.Checked checked = bill.check(keys, v.integer("at"));
    assertThat(checked.body().number()).isEqualTo(v.text("number"));
    assertThat(checked.body().total().minor()).isEqualTo(v.integer("total"));
    assertThat(checked.provider().displayName()).isEqualTo(v.text("provider"));
    v.same("body", checked.body().encode());
    Bill again = Bill.sign(checked.body(), v.signing("deviceScalar"), v.hex("certificate"));
    v.same("signedBill", again.signed());
  }

  private static void keys(VectorReader v) {
    BankKeySet keys =
        BankKeySet.verify(
            v.hex("keySet"), v.hex("rootPublic"), v.hex("fingerprint"), v.text("consortium"));
    v.same("keySet", keys.sign(v.signing("rootScalar")));
    long at = v.integer("at");
    v.same("answerPublic", keys.key(BankKey.ANSWER, at).compressed());
    v.same("receiptPublic", keys.key(BankKey.RECEIPT, at).compressed());
    v.same("certificatePublic", keys.key(BankKey.CERTIFICATE, at).compressed());
  }

  private static void enrolment(VectorReader v) {
    Offer offer = Offer.decode(v.hex("offer"));
    v.same("info", offer.info());
    Secret code = v.secret("activationCode");
    byte[] psk = Activation.psk(offer.enrolmentId(), code).reveal();
    v.same("psk", psk);
    v.same("fingerprint", Activation.fingerprint(offer.hpkePoint()));
    List<Cbor> parts = Cbor.decode(v.hex("message1")).asArray(2);
    Hpke.Opened opened =
        Hpke.openPsk(
                parts.get(0).asBytes(),
                EcdhKey.ofScalar(v.hex("hpkeScalar")),
                offer.info(),
                psk,
                offer.enrolmentId(),
                new byte[0],
                parts.get(1).asBytes(),
                EnrolmentSecrets.EXPORTER,
                32)
            .orElseThrow();
    v.same("bind", opened.plaintext());
    v.part("hpke").same("exported", opened.exported().reveal());
    BindRequest bind = BindRequest.verify(opened.plaintext(), offer);
    v.same("devicePublic", bind.deviceKey().compressed());
    v.same("bind", bind.sign(v.signing("deviceScalar"), offer.consortium()));
    reply(v, opened.exported());
  }

  private static void reply(VectorReader v, Secret exported) {
    byte[] message2 = v.hex("message2");
    v.same("bankNonce", BindReply.bankNonce(message2));
    EnrolmentSecrets secrets =
        EnrolmentSecrets.derive(exported, v.hex("message1"), v.hex("bankNonce"));
    VectorReader outputs = v.part("outputs");
    outputs.same("string1", secrets.string1().reveal());
    outputs.same("string2", secrets.string2().reveal());
    outputs.same("root", secrets.root().reveal());
    assertThat(secrets.first()).isEqualTo(v.integer("n0"));
    v.same("deviceConfirmation", secrets.deviceConfirmation(v.hex("message1"), message2));
    BindReply reply = BindReply.open(message2, secrets, v.text("consortium")).orElseThrow();
    v.same("bindingRecord", reply.bindingRecord());
    v.same("message2", reply.seal(secrets, v.hex("bankNonce")));
    BindingRecord record =
        BindingRecord.verify(
            reply.bindingRecord(), v.key("certificatePublic"), v.text("consortium"));
    v.same("devicePublic", record.deviceKey().compressed());
    v.same("bind", v.hex("bind"));
    assertThat(record.bindHash()).isEqualTo(Sha256.of(v.hex("bind")));
  }

  private static void log(VectorReader v) {
    v.same("head0", LogLine.seed(Suite.CLASSIC, v.hex("deviceId"), v.hex("bindingRecord")));
    v.same("commitment", LogLine.commitment(v.hex("salt"), v.hex("details")));
    LogLine line =
        LogLine.after(
            v.integer("index"),
            v.hex("column1"),
            v.integer("time"),
            v.text("lineKind"),
            v.hex("commitment"));
    v.same("column2", line.column2());
    v.same("column3", line.column3());
    v.same("head", line.head());
    assertThat(line.extendsHead(1, v.hex("head0"))).isTrue();
  }

  private static void receipt(VectorReader v) {
    byte[] payload =
        Signed.payload(
            v.hex("receipt"),
            v.key("receiptPublic"),
            "receipt",
            Suite.CLASSIC,
            v.text("consortium"),
            v.text("number"),
            "");
    v.same("payload", payload);
    Receipt receipt = Receipt.decode(payload);
    v.same("payload", receipt.encode());
    v.same("halfHash", receipt.halfHash());
    v.same("halfHash", Sha256.of(v.hex("half")));
    v.same(
        "commitment",
        Receipt.counterparty(
            v.hex("counterpartySalt"), v.hex("counterpartyAccount"), v.hex("counterpartyDevice")));
    v.same("commitment", receipt.counterpartyCommitment());
  }

  static Optional<Answer> open(VectorReader v) {
    return SealedAnswer.open(
        v.hex("sealed"),
        Suite.CLASSIC,
        v.text("consortium"),
        v.hex("deviceId"),
        v.integer("epoch"),
        v.integer("n"),
        v.text("number"),
        v.key("answerPublic"),
        v.secret("reply"));
  }

  private static void answer(VectorReader v) {
    v.same("pickup", ReplyKeys.pickup(v.secret("reply")));
    v.same("receiptToken", ReplyKeys.receipt(v.secret("reply")));
    v.same("body", open(v).orElseThrow().encode());
  }

  private static void evidence(VectorReader v) {
    EvidenceBundle bundle = EvidenceBundle.decode(v.hex("bundle"));
    v.same("bundle", bundle.encode());
    BankKeySet keys = BankKeySet.verify(bundle.keySet(), v.key("rootPublic"), bundle.consortium());
    bundle
        .sides()
        .forEach(
            side ->
                Signed.payload(
                    side.receipt(),
                    keys.key(BankKey.RECEIPT, Fixed.NOW),
                    "receipt",
                    Suite.CLASSIC,
                    bundle.consortium(),
                    bundle.number(),
                    ""));
  }
}

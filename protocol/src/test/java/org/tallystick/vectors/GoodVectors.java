package org.tallystick.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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
import org.tallystick.code.EpochStart;
import org.tallystick.code.Extensions;
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
import org.tallystick.crypto.MlDsaVerificationKey;
import org.tallystick.crypto.MlKemKey;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SignatureAlgorithm;
import org.tallystick.crypto.SignatureKey;
import org.tallystick.enrolment.Activation;
import org.tallystick.enrolment.BindReply;
import org.tallystick.enrolment.BindRequest;
import org.tallystick.enrolment.BindingRecord;
import org.tallystick.enrolment.EnrolmentSecrets;
import org.tallystick.enrolment.Message1;
import org.tallystick.enrolment.Offer;
import org.tallystick.evidence.EvidenceBundle;
import org.tallystick.evidence.EvidenceSide;
import org.tallystick.format.Format;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.keys.BankKey;
import org.tallystick.keys.BankKeySet;
import org.tallystick.log.LogLine;
import org.tallystick.money.Money;
import org.tallystick.pin.PinVerifier;
import org.tallystick.receipt.Receipt;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.OneTimeKeys;

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
    CHECKS.put("agreement", AgreementChecks::agreement);
    CHECKS.put("evidence-agreed", AgreementChecks::evidence);
    CHECKS.putAll(RequestChecks.GOOD);
    CHECKS.putAll(AdditionChecks.GOOD);
    CHECKS.putAll(CheckpointChecks.GOOD);
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
    assertThat(TransactionNumber.typed(v.text("text"))).isEqualTo(v.text("number"));
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
            v.text("type"), v.suite(), v.text("consortium"), v.text("number"), v.text("account")));
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
        v.suite(),
        v.text("consortium"),
        v.text("number"),
        v.text("account"));
  }

  static DeviceSequence at(VectorReader v, @Nullable Long closed, byte[] prev) {
    return new DeviceSequence(
        v.integer("epoch"),
        new EpochStart(v.integer("n"), closed, prev),
        v.integer("n"),
        v.secret("chain"),
        v.secret("string2"),
        prev);
  }

  private static void sequence(VectorReader v) {
    try (OneTimeKeys keys =
        OneTimeKeys.derive(
            v.secret("chain"),
            v.secret("string2"),
            v.suite(),
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
            sequence.suite(),
            sequence.hex("deviceId"),
            t.hex("accountIdentifier"),
            t.hex("contractId"),
            t.hex("bindingValue"));
    SealedHalf made =
        new HalfSealer(binding, v.signing("deviceScalar"), Fixed.random(t.hex("salt")))
            .seal(
                at(sequence, t.integerOrNull("closed"), t.hex("prev")),
                terms(t),
                v.hex("alias"),
                t.integer("time"));
    assertThat(made.text()).isEqualTo(v.text("code"));
    v.same("codeHash", made.codeHash());
    v.same("half", made.half());
    if (v.node().has("length")) {
      assertThat(made.text()).hasSize((int) v.integer("length"));
    }
    opens(v, sequence, made.n());
  }

  private static HalfTerms terms(VectorReader t) {
    byte[] pin = t.hexOrNull("v");
    HalfTerms plain =
        new HalfTerms(
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
                t.hex("logHead"))
            .with(new Extensions(extensions(t.part("critical")), extensions(t.part("other"))));
    return TermsMembers.read(t, plain);
  }

  private static SortedMap<String, byte[]> extensions(VectorReader named) {
    TreeMap<String, byte[]> entries = new TreeMap<>();
    named.node().fieldNames().forEachRemaining(name -> entries.put(name, named.hex(name)));
    return entries;
  }

  private static void opens(VectorReader v, VectorReader sequence, long n) {
    DeviceEpochs bank = BankView.of(sequence, sequence.integer("n"));
    OpenResult opened =
        new CodeOpener(
                v.key("devicePublic"),
                bank,
                consumed(List.of()),
                index -> Optional.of(v.part("terms").hex("logHead")),
                0)
            .open(Code.parse(v.text("code")), Fixed.NOW, Fixed.NOW + 86_400_000);
    assertThat(opened).isInstanceOf(OpenResult.Opened.class);
    OpenResult.Opened half = (OpenResult.Opened) opened;
    assertThat(half.half().signed().n()).isEqualTo(n);
    assertThat(half.next().newest().next()).isEqualTo(n + 1);
    v.same("signedMap", half.half().signed().encode());
    v.same("privateMap", half.half().privateMap().encode());
    v.same("half", half.half().sign1());
  }

  static ConsumedCodes consumed(List<VectorReader> records) {
    return (epoch, n) ->
        records.stream()
            .filter(one -> one.integer("epoch") == epoch && one.integer("n") == n)
            .map(
                one ->
                    new ConsumedCodes.Consumed(
                        one.hex("codeHash"), one.hex("prev"), one.text("number")))
            .findFirst();
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
    for (String use : List.of(BankKey.ANSWER, BankKey.RECEIPT, BankKey.CERTIFICATE)) {
      List<SignatureKey> valid = keys.valid(use, SignatureAlgorithm.ES256, at);
      assertThat(valid).hasSize(1);
      v.same(use + "Public", valid.get(0).encoded());
    }
  }

  private static void enrolment(VectorReader v) {
    Offer offer = Offer.decode(v.hex("offer"));
    Secret code = v.secret("activationCode");
    Message1 message1 = Message1.decode(v.hex("message1"));
    assertThat(message1.suite()).isEqualTo(v.suite());
    byte[] psk = Activation.psk(offer.enrolmentId(), code).reveal();
    MlKemKey kem = null;
    byte[] seed = v.hexOrNull("kemSeed");
    if (seed != null) {
      kem = MlKemKey.ofSeed(seed);
      v.same("encapsulationKey", kem.encapsulationKey());
      MlKemKey.Encapsulated made =
          MlKemKey.encapsulate(kem.encapsulationKey(), Fixed.random(v.hex("kemRandom")));
      v.same("kemCiphertext", made.ciphertext());
      v.same("kemSecret", made.secret().reveal());
      psk =
          Activation.psk(
                  offer.enrolmentId(),
                  code,
                  made.secret(),
                  kem.encapsulationKey(),
                  made.ciphertext())
              .reveal();
    }
    v.same("psk", psk);
    v.same("fingerprint", offer.fingerprint());
    Message1.Opened opened =
        message1
            .open(
                offer,
                Suite.of(v.integer("minimumSuite")),
                code,
                EcdhKey.ofScalar(v.hex("hpkeScalar")),
                kem)
            .orElseThrow();
    v.same("info", opened.terms().info());
    v.same("bind", opened.bind());
    v.part("hpke").same("exported", opened.exported().reveal());
    BindRequest bind = BindRequest.verify(opened.bind(), opened.terms());
    v.same("devicePublic", bind.deviceKey().compressed());
    v.same("bind", bind.sign(v.signing("deviceScalar"), offer.consortium()));
    reply(v, opened.exported());
  }

  private static void reply(VectorReader v, Secret exported) {
    byte[] message2 = v.hex("message2");
    v.same("bankNonce", BindReply.bankNonce(message2));
    EnrolmentSecrets secrets =
        EnrolmentSecrets.derive(exported, v.hex("message1"), v.hex("bankNonce"), v.suite());
    VectorReader outputs = v.part("outputs");
    outputs.same("string1", secrets.string1().reveal());
    outputs.same("string2", secrets.string2().reveal());
    outputs.same("root", secrets.root().reveal());
    outputs.same("down", secrets.down().reveal());
    assertThat(secrets.first()).isEqualTo(v.integer("n0"));
    v.same("deviceConfirmation", secrets.deviceConfirmation(v.hex("message1"), message2));
    BindReply reply = BindReply.open(message2, secrets, v.text("consortium")).orElseThrow();
    v.same("bindingRecord", reply.bindingRecord());
    v.same("message2", reply.seal(secrets, v.hex("bankNonce")));
    BindingRecord record =
        BindingRecord.verify(
            reply.bindingRecord(),
            Fixed.keySet(
                v.text("consortium"), BankKey.CERTIFICATE, List.of(v.key("certificatePublic"))));
    v.same("devicePublic", record.deviceKey().compressed());
    v.same("bind", v.hex("bind"));
    assertThat(record.bindHash()).isEqualTo(Sha256.of(v.hex("bind")));
  }

  private static void log(VectorReader v) {
    v.same("head0", LogLine.seed(v.suite(), v.hex("deviceId"), v.hex("bindingRecord")));
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
    Receipt receipt = signedReceipt(v);
    v.same("payload", receipt.encode());
    v.same("halfHash", receipt.halfHash());
    v.same("halfHash", Sha256.of(v.hex("half")));
    v.same(
        "commitment",
        Receipt.counterparty(
            v.hex("counterpartySalt"), v.hex("counterpartyAccount"), v.hex("counterpartyDevice")));
    v.same("commitment", receipt.counterpartyCommitment());
  }

  /** By one key, or in suite 2 by both. */
  static Receipt signedReceipt(VectorReader v) {
    byte[] second = v.hexOrNull("secondPublic");
    List<SignatureKey> keys =
        second == null
            ? List.of(v.key("receiptPublic"))
            : List.of(v.key("receiptPublic"), MlDsaVerificationKey.of(second));
    return Receipt.verify(
        v.hex("receipt"),
        v.hexOrNull("secondReceipt"),
        v.suite(),
        Fixed.keySet(v.text("consortium"), BankKey.RECEIPT, keys),
        v.text("number"));
  }

  static Optional<Answer> open(VectorReader v) {
    return SealedAnswer.open(
        v.hex("sealed"),
        v.suite(),
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
    for (EvidenceSide side : bundle.sides()) {
      Suite suite = BindingRecord.verify(side.bindingRecord(), keys).suite();
      Receipt.verify(side.receipt(), side.secondReceipt(), suite, keys, bundle.number());
    }
  }
}

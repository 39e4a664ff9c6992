package org.tallystick.vectors;

import java.util.ArrayList;
import java.util.List;
import org.tallystick.answer.Answer;
import org.tallystick.answer.Outcome;
import org.tallystick.answer.ReasonClass;
import org.tallystick.answer.ReplyKeys;
import org.tallystick.answer.SealedAnswer;
import org.tallystick.bill.Bill;
import org.tallystick.bill.BillBody;
import org.tallystick.bill.BillItem;
import org.tallystick.code.Conditions;
import org.tallystick.code.HalfTerms;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.codec.Base64Url;
import org.tallystick.cose.CoseEncrypt0;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.Hkdf;
import org.tallystick.crypto.MessageSigner;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.evidence.EvidenceBundle;
import org.tallystick.evidence.EvidenceSide;
import org.tallystick.format.Format;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.log.DecisionDetails;
import org.tallystick.log.LogLine;
import org.tallystick.money.Money;
import org.tallystick.receipt.Receipt;

/** The worked example: two enrolments, a bill, two halves, a decision, two answers, evidence. */
final class ExamplePayment {
  static final long DECIDED = Fixed.NOW + 2_500;

  final ExampleBank bank;
  final ExampleParty payer;
  final ExampleParty payee;
  final Bill bill;
  final ExampleHalf payeeHalf;
  final ExampleHalf payerHalf;
  final Side payerSide;
  final Side payeeSide;

  /** What the decision gives one party. */
  record Side(
      ExampleHalf half,
      byte[] lineSalt,
      byte[] details,
      LogLine line,
      byte[] counterpartySalt,
      byte[] receipt,
      Answer answer,
      byte[] sealed) {}

  /**
   * A payment between a payer's device of a suite and a payee's of suite 1: parties of one
   * transaction need not have the same.
   */
  ExamplePayment(Suite payers) {
    bank = new ExampleBank(payers);
    payer = new ExampleParty(payers == Suite.HYBRID ? "payer 2" : "payer", false, bank, payers);
    payee = new ExampleParty("payee", true, bank, Suite.CLASSIC);
    bill = Bill.sign(body(), payee.device, payee.certificate);
    payeeHalf =
        new ExampleHalf("payee half", payee, payee.sequence(), payeeTerms(), payee.aliases.get(0));
    payerHalf =
        new ExampleHalf("payer half", payer, payer.sequence(), payerTerms(), payer.aliases.get(0));
    payerSide = side("payer", payerHalf, payee);
    payeeSide = side("payee", payeeHalf, payer);
  }

  BillBody body() {
    return new BillBody(
        ExampleBank.CONSORTIUM,
        payee.sequence().number(payee.binding),
        Purpose.PURCHASE,
        List.of(new BillItem("Zwölf Törtchen", 1_980), new BillItem("Kaffee", 520)),
        Money.of(2_500, "CHF"),
        Money.of(65, "CHF"),
        Fixed.NOW,
        Fixed.NOW + 300_000,
        Fixed.bytes("bill salt", 16),
        "till 3",
        ExampleBank.CONSORTIUM,
        false,
        Conditions.NONE);
  }

  private HalfTerms payeeTerms() {
    return terms(Role.PAYEE, Fixed.NOW + 300_000);
  }

  private HalfTerms payerTerms() {
    return terms(Role.PAYER, Fixed.NOW + 240_000);
  }

  private HalfTerms terms(Role role, long notAfter) {
    boolean pays = role == Role.PAYER;
    ExampleParty party = pays ? payer : payee;
    return new HalfTerms(
        role,
        Purpose.PURCHASE,
        bill.body().number(),
        bill.hash(),
        bill.body().total(),
        pays ? payee.binding.accountIdentifier() : null,
        notAfter,
        pays ? "savings" : null,
        pays ? payer.pin : null,
        null,
        0,
        LogLine.seed(party.binding.suite(), party.binding.deviceId(), party.bindingRecord));
  }

  private Side side(String name, ExampleHalf half, ExampleParty other) {
    byte[] lineSalt = Fixed.bytes(name + " line salt", 16);
    byte[] details =
        new DecisionDetails(
                half.terms.number(),
                bill.hash(),
                half.sealed.codeHash(),
                Outcome.APPROVED.value(),
                "approved",
                half.terms.amount())
            .encode();
    LogLine line =
        LogLine.after(
            1,
            half.terms.logHead(),
            DECIDED,
            DecisionDetails.KIND,
            LogLine.commitment(lineSalt, details));
    byte[] counterpartySalt = Fixed.bytes(name + " counterparty salt", 16);
    byte[] payload = receipt(name, half, other, line, counterpartySalt).encode();
    byte[] receipt = signed(bank.receipt, half, payload);
    byte[] second =
        half.party.binding.suite() == Suite.HYBRID
            ? signed(bank.secondReceipt, half, payload)
            : null;
    Answer answer =
        new Answer(
            half.party.binding.deviceId(),
            half.sealed.epoch(),
            half.sealed.n(),
            half.sealed.codeHash(),
            bill.hash(),
            Outcome.APPROVED,
            ReasonClass.NONE,
            DECIDED,
            half.terms.number(),
            receipt,
            line,
            List.of(half.party.aliases.get(31)),
            null,
            null,
            second);
    byte[] sealed =
        SealedAnswer.seal(
            answer,
            half.party.binding.suite(),
            ExampleBank.CONSORTIUM,
            bank.answer,
            half.sealed.replyRoot());
    return new Side(half, lineSalt, details, line, counterpartySalt, receipt, answer, sealed);
  }

  private static byte[] signed(MessageSigner key, ExampleHalf half, byte[] payload) {
    return Signed.sign(
        key,
        Receipt.TYPE,
        half.party.binding.suite(),
        ExampleBank.CONSORTIUM,
        half.terms.number(),
        "",
        payload);
  }

  private Receipt receipt(
      String name, ExampleHalf half, ExampleParty other, LogLine line, byte[] salt) {
    return new Receipt(
        ExampleBank.CONSORTIUM,
        Fixed.bytes(name + " receipt number", 10),
        half.terms.number(),
        half.terms.role(),
        half.party.binding.accountIdentifier(),
        half.party.binding.contractId(),
        half.party.binding.deviceId(),
        Receipt.counterparty(salt, other.binding.accountIdentifier(), other.binding.deviceId()),
        Purpose.PURCHASE,
        bill.hash(),
        half.terms.amount(),
        Outcome.APPROVED,
        DECIDED,
        half.sealed.codeHash(),
        Sha256.of(half.sealed.half()),
        line.index(),
        line.column1(),
        line.column2(),
        null,
        0,
        Conditions.NONE);
  }

  EvidenceBundle evidence() {
    return new EvidenceBundle(
        ExampleBank.CONSORTIUM,
        bank.keySet,
        bill.body().number(),
        List.of(evidence(payerSide), evidence(payeeSide)),
        bill.encode());
  }

  private static EvidenceSide evidence(Side side) {
    return new EvidenceSide(
        side.receipt(),
        side.half().sealed.half(),
        Base64Url.encode(side.half().alias),
        side.half().sealed.codeHash(),
        side.half().party.bindingRecord,
        side.line(),
        side.lineSalt(),
        side.details(),
        side.counterpartySalt(),
        side.answer().secondReceipt());
  }

  /** Every step in the protocol's order. */
  List<Vector> vectors() {
    List<Vector> all = new ArrayList<>();
    all.add(bank.vector());
    all.add(payer.vector(bank));
    all.add(payee.vector(bank));
    all.add(alias(payer));
    all.add(billVector());
    all.add(payeeHalf.vector("the payee's code"));
    all.add(pin());
    all.add(payerHalf.vector("the payer's code"));
    all.add(log("the payer's log line", payerSide));
    all.add(log("the payee's log line", payeeSide));
    all.add(receipt("the payer's receipt", payerSide, payee));
    all.add(receipt("the payee's receipt", payeeSide, payer));
    all.add(answer("the payer's answer", payerSide));
    all.add(answer("the payee's answer", payeeSide));
    all.add(evidenceVector("both sides and the bill", evidence().encode()));
    return all;
  }

  private Vector alias(ExampleParty party) {
    return Vector.of("alias", "the payer's first alias")
        .integer("keyId", 7)
        .hex("key", bank.aliasSecret)
        .integer("deviceIndex", party.deviceIndex())
        .hex("random", Fixed.bytes(party.name + " alias 0", 8))
        .hex("alias", party.aliases.get(0))
        .text("text", Base64Url.encode(party.aliases.get(0)));
  }

  private Vector pin() {
    return PinVectors.vector(
        "the payer's PIN",
        ExampleParty.PIN,
        payer.pinSecret,
        payer.pinSalt,
        org.tallystick.pin.PinVerifier.ITERATIONS,
        payerHalf.keys(),
        payer.binding.deviceId(),
        bill.hash());
  }

  private Vector billVector() {
    return billVector("the bill", bill);
  }

  Vector billVector(String name, Bill of) {
    CoseSign1 signed = CoseSign1.decode(of.signed());
    byte[] aad =
        Format.aad("bill", Suite.CLASSIC, ExampleBank.CONSORTIUM, of.body().number(), "");
    return Vector.of("bill", name)
        .hex("keySet", bank.keySet)
        .hex("rootPublic", bank.rootPublic())
        .text("consortium", ExampleBank.CONSORTIUM)
        .integer("at", Fixed.NOW + 60_000)
        .text("number", of.body().number())
        .hex("deviceScalar", payee.deviceScalar)
        .hex("devicePublic", payee.device.verificationKey().compressed())
        .hex("certificate", of.certificate())
        .hex("body", signed.payload())
        .hex("aad", aad)
        .hex("signedBill", of.signed())
        .hex("bill", of.encode())
        .hex("billHash", of.hash())
        .integer("total", of.body().total().minor())
        .text("provider", "Café Zwölf")
        .text("qr", of.qrText())
        .text(
            "json",
            "{\"tallystick\":\"bill\",\"format\":1,\"bill\":\""
                + Base64Url.encode(of.encode())
                + "\"}");
  }

  private static Vector log(String name, Side side) {
    ExampleParty party = side.half().party;
    return Vector.of("log", name)
        .suite(party.binding.suite())
        .hex("deviceId", party.binding.deviceId())
        .hex("bindingRecord", party.bindingRecord)
        .hex("head0", side.half().terms.logHead())
        .hex("salt", side.lineSalt())
        .hex("details", side.details())
        .hex("commitment", LogLine.commitment(side.lineSalt(), side.details()))
        .integer("index", side.line().index())
        .integer("time", DECIDED)
        .text("lineKind", DecisionDetails.KIND)
        .hex("column1", side.line().column1())
        .hex("column2", side.line().column2())
        .hex("column3", side.line().column3())
        .hex("head", side.line().head());
  }

  Vector receipt(String name, Side side, ExampleParty other) {
    CoseSign1 signed = CoseSign1.decode(side.receipt());
    byte[] second = side.answer().secondReceipt();
    return Vector.of("receipt", name)
        .suite(side.half().party.binding.suite())
        .hex("receiptPublic", bank.receipt.verificationKey().compressed())
        .hex("secondPublic", second == null ? null : bank.secondReceipt.verificationKey().encoded())
        .hex("secondSeed", second == null ? null : bank.secondReceiptSeed)
        .hex("secondReceipt", second)
        .text("consortium", ExampleBank.CONSORTIUM)
        .text("number", side.half().terms.number())
        .hex("counterpartySalt", side.counterpartySalt())
        .hex("counterpartyAccount", other.binding.accountIdentifier())
        .hex("counterpartyDevice", other.binding.deviceId())
        .hex("commitment", Receipt.decode(signed.payload()).counterpartyCommitment())
        .hex("half", side.half().sealed.half())
        .hex("halfHash", Sha256.of(side.half().sealed.half()))
        .hex("payload", signed.payload())
        .hex("receipt", side.receipt());
  }

  Vector answer(String name, Side side) {
    Secret root = side.half().sealed.replyRoot();
    CoseEncrypt0 outer = CoseEncrypt0.decode(side.sealed());
    byte[] key = Hkdf.expand(root.reveal(), Format.label("answer key"), 32);
    byte[] aad = answerAad(side.half());
    return answerInputs(Vector.of("answer", name), side)
        .hex("answerKey", key)
        .hex("answerIv", Hkdf.expand(root.reveal(), Format.label("answer iv"), 32))
        .hex("pickup", ReplyKeys.pickup(root))
        .hex("receiptToken", ReplyKeys.receipt(root))
        .hex("body", side.answer().encode())
        .hex("externalAad", aad)
        .hex("plaintext", outer.open(key, aad).orElseThrow())
        .hex("iv", outer.iv())
        .hex("encStructure", Cose.encStructure(outer, aad))
        .hex("sealed", side.sealed());
  }

  Vector answerInputs(Vector vector, Side side) {
    return vector
        .suite(side.half().party.binding.suite())
        .hex("answerPublic", bank.answer.verificationKey().compressed())
        .text("consortium", ExampleBank.CONSORTIUM)
        .hex("deviceId", side.half().party.binding.deviceId())
        .integer("epoch", side.half().sealed.epoch())
        .integer("n", side.half().sealed.n())
        .text("number", side.half().terms.number())
        .hex("reply", side.half().sealed.replyRoot().reveal());
  }

  static byte[] answerAad(ExampleHalf half) {
    return org.tallystick.codec.Cbor.array(
            org.tallystick.codec.Cbor.of("tallystick"),
            org.tallystick.codec.Cbor.of("answer"),
            org.tallystick.codec.Cbor.of(Format.VERSION),
            half.party.binding.suite().toCbor(),
            org.tallystick.codec.Cbor.of(ExampleBank.CONSORTIUM),
            org.tallystick.codec.Cbor.of(half.party.binding.deviceId()),
            org.tallystick.codec.Cbor.of(half.sealed.epoch()),
            org.tallystick.codec.Cbor.of(half.sealed.n()))
        .encode();
  }

  Vector evidenceVector(String name, byte[] bundle) {
    return Vector.of("evidence", name).hex("rootPublic", bank.rootPublic()).hex("bundle", bundle);
  }
}

package org.tallystick.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tallystick.agreement.AgreementTerms;
import org.tallystick.code.Code;
import org.tallystick.code.TransactionNumber;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.cose.CoseEncrypt0;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.HmacSha256;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SigningKey;
import org.tallystick.pin.PinVerifier;
import org.tallystick.request.Challenges;
import org.tallystick.request.CountersignedBinding;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestResult;
import org.tallystick.request.RequestStatus;
import org.tallystick.request.SealedRequest;
import org.tallystick.request.StatusResult;
import org.tallystick.sequencer.EpochRoot;
import org.tallystick.sequencer.NumberAt;

/** Section R: requests and replies of each kind, and such as must be nothing. */
final class RequestVectors {
  private final ExamplePayment payment;
  private final ExampleParty payer;
  private final ExampleBank bank;
  private final EpochRoot root;
  private final ExampleRequest status;
  private final List<JsonNode> all = new ArrayList<>();

  private RequestVectors(ExamplePayment payment) {
    this.payment = payment;
    this.payer = payment.payer;
    this.bank = payment.bank;
    this.root = new EpochRoot(0, payer.secrets.root());
    this.status =
        request(
            "status",
            new RequestArguments.Status(
                List.of(new NumberAt(0, payment.payerHalf.sealed.n()), new NumberAt(0, 7))));
  }

  static List<JsonNode> all(ExamplePayment payment) {
    RequestVectors vectors = new RequestVectors(payment);
    vectors.challenges();
    vectors.kinds();
    vectors.pins();
    vectors.refusals();
    vectors.arguments();
    vectors.shapes();
    vectors.seals();
    vectors.bodies();
    vectors.all.addAll(
        new ReplyVectors(vectors.status, vectors.standing(null), payment.bank).all());
    return vectors.all;
  }

  private ExampleRequest request(String name, RequestArguments arguments) {
    return new ExampleRequest(name, payer, root, 3, keys -> arguments);
  }

  private void challenges() {
    byte[] key = Fixed.bytes("challenge key", 32);
    byte[] random = Fixed.bytes("challenge random", 8);
    byte[] made =
        new Challenges(
                Secret.copyOf(key),
                Clock.fixed(Instant.ofEpochMilli(Fixed.NOW), ZoneOffset.UTC),
                Fixed.random(random))
            .make();
    byte[] tagged = ByteBuffer.allocate(16).putLong(Fixed.NOW).put(random).array();
    byte[] label = "tallystick challenge".getBytes(StandardCharsets.US_ASCII);
    all.add(
        Vector.of("challenge", "a challenge of the bank")
            .hex("key", key)
            .integer("time", Fixed.NOW)
            .hex("random", random)
            .hex("tag", Arrays.copyOf(HmacSha256.of(key, label, tagged), 16))
            .hex("challenge", made)
            .integer("at", Fixed.NOW + Challenges.LIFE_MILLIS)
            .node());
    challenge("one millisecond too old", made, Fixed.NOW + Challenges.LIFE_MILLIS + 1);
    challenge("from ten minutes ahead", made, Fixed.NOW - Challenges.LIFE_MILLIS - 1);
    challenge("time flipped", Cose.flipped(made, 7), Fixed.NOW);
    challenge("random part flipped", Cose.flipped(made, 8), Fixed.NOW);
    challenge("tag flipped", Cose.flipped(made, -1), Fixed.NOW);
    challenge("31 bytes", Arrays.copyOf(made, 31), Fixed.NOW);
    challenge("zeros", new byte[32], Fixed.NOW);
  }

  private void challenge(String name, byte[] challenge, long at) {
    all.add(
        Vector.of("challenge-bad", name)
            .hex("key", Fixed.bytes("challenge key", 32))
            .hex("challenge", challenge)
            .integer("at", at)
            .refused("R6"));
  }

  private void kind(String name, RequestArguments arguments, RequestResult result) {
    ExampleRequest request = request(name, arguments);
    all.add(request.vector().node());
    all.add(request.done(name + " reply", bank, result).node());
  }

  private void kinds() {
    all.add(status.vector().node());
    all.add(status.done("status reply", bank, standing(null)).node());
    all.add(
        status
            .done("status reply, an agreement waits", bank, standing(AgreementVectors.waiting()))
            .node());
    kind(
        "log",
        new RequestArguments.Log(1, 16),
        new RequestResult.Log(List.of(payment.payerSide.line())));
    kind(
        "lodge",
        new RequestArguments.Lodge(payment.bill.encode()),
        new RequestResult.Lodged(Fixed.NOW + 300_000));
    kind(
        "bill",
        new RequestArguments.FetchBill(TransactionNumber.bytes(payment.bill.body().number())),
        new RequestResult.LodgedBill(payment.bill.encode()));
    kind(
        "number",
        new RequestArguments.DrawNumber(),
        new RequestResult.DrawnNumber(Fixed.bytes("drawn number", 10), "TL", Fixed.NOW + 900_000));
    byte[] other = Fixed.bytes("lost device id", 16);
    kind(
        "not me: a device",
        new RequestArguments.NotMe(other, null),
        new RequestResult.NotMe(true, false));
    kind(
        "not me: a transaction",
        new RequestArguments.NotMe(null, TransactionNumber.bytes(payment.bill.body().number())),
        new RequestResult.NotMe(false, true));
    kind(
        "countersign",
        new RequestArguments.Countersign(
            new CountersignedBinding(
                    Sha256.of(payer.bindingRecord),
                    Fixed.bytes("new device id", 16),
                    payer.binding.deviceId(),
                    Fixed.NOW)
                .sign(payer.device, payer.binding.suite(), ExampleBank.CONSORTIUM)),
        new RequestResult.Done());
    kind("agree", AgreementVectors.request(payer), new RequestResult.Done());
  }

  private StatusResult standing(@Nullable AgreementTerms agreement) {
    return new StatusResult(
        StatusResult.DeviceStanding.ACTIVE,
        0,
        payment.payerHalf.sealed.n() + 1,
        1,
        payment.payerSide.line().head(),
        0,
        1,
        List.of(
            new StatusResult.NumberFate(
                new NumberAt(0, payment.payerHalf.sealed.n()), StatusResult.Fate.FINAL),
            new StatusResult.NumberFate(new NumberAt(0, 7), StatusResult.Fate.NOT_SEEN)),
        Fixed.NOW + 30_000,
        List.of(
            new StatusResult.AccountDevice(
                Fixed.bytes("new device id", 16),
                StatusResult.DeviceStanding.ACTIVE,
                Fixed.NOW - 60_000,
                false,
                5_000),
            new StatusResult.AccountDevice(
                payer.binding.deviceId(),
                StatusResult.DeviceStanding.ACTIVE,
                Fixed.NOW - 86_400_000,
                false,
                0)),
        0,
        agreement);
  }

  private void pins() {
    PinVerifier old = payer.pin;
    byte[] fresh = Fixed.bytes("V of the new PIN", 32);
    ExampleRequest request =
        new ExampleRequest(
            "PIN",
            payer,
            root,
            4,
            keys -> RequestArguments.Pin.change(old, PinVerifier.ofBytes(fresh), keys));
    byte[] arguments = request.bodyMap().get(7).orElseThrow().asBytes();
    all.add(
        Vector.of("pin-change", "proof under the old PIN")
            .hex("v", old.toBytes())
            .hex("newV", fresh)
            .hex("pinKey", request.out("request pin"))
            .hex("deviceId", payer.binding.deviceId())
            .integer("epoch", 0)
            .hex("nonce", request.nonce)
            .hex("proof", ((Cbor.Map) Cbor.decode(arguments)).get(2).orElseThrow().asBytes())
            .node());
    all.add(request.vector().node());
    all.add(request.done("PIN reply", bank, new RequestResult.Done()).node());
  }

  private void refusals() {
    ExampleRequest request = request("refused", new RequestArguments.DrawNumber());
    for (RequestStatus refusal : RequestStatus.values()) {
      if (refusal != RequestStatus.DONE) {
        String name = "status " + refusal.value();
        all.add(request.reply(name, bank, request.body(refusal, ExampleRequest.NOTHING)).node());
      }
    }
  }

  private void arguments(String name, long kind, Cbor arguments) {
    all.add(
        Vector.of("arguments-bad", name)
            .integer("requestKind", kind)
            .hex("arguments", arguments.encode())
            .refused("status 7"));
  }

  private void arguments() {
    Cbor none = Cbor.map().build();
    arguments("kind 0", 0, none);
    arguments("kind 13", 13, none);
    Cbor one = Cbor.array(Cbor.of(0), Cbor.of(1));
    Cbor[] seventeen = new Cbor[17];
    Arrays.fill(seventeen, one);
    arguments("status without numbers", 1, none);
    arguments("status of 17 numbers", 1, Cbor.map().put(1, Cbor.array(seventeen)).build());
    arguments("status unknown key", 1, Cbor.map().put(1, Cbor.array()).put(2, one).build());
    Cbor.Map rekey =
        Cbor.map()
            .put(1, Cbor.of(new byte[33]))
            .put(2, Cbor.NULL)
            .put(3, Cbor.of(1))
            .put(4, Cbor.of(7))
            .build();
    arguments("rekey to epoch 0", 2, Cose.with(rekey, 3, Cbor.of(0)));
    arguments("rekey with a point of 65 bytes", 2, Cose.with(rekey, 1, Cbor.of(new byte[65])));
    arguments("encapsulation key of 1183", 2, Cose.with(rekey, 2, Cbor.of(new byte[1183])));
    arguments("log from 0", 3, Cbor.map().put(1, Cbor.of(0)).put(2, Cbor.of(1)).build());
    arguments("log of 17 lines", 3, Cbor.map().put(1, Cbor.of(1)).put(2, Cbor.of(17)).build());
    arguments("log backwards", 3, Cbor.map().put(1, Cbor.of(2)).put(2, Cbor.of(1)).build());
    Cbor zeros = Cbor.of(new byte[32]);
    arguments("PIN without proof", 4, Cbor.map().put(1, zeros).build());
    arguments("bill of 2049 bytes", 5, Cbor.map().put(1, Cbor.of(new byte[2049])).build());
    arguments("number of 9 bytes", 6, Cbor.map().put(1, Cbor.of(new byte[9])).build());
    arguments("number with arguments", 7, Cbor.map().put(1, Cbor.of(0)).build());
    arguments("agree to nothing", 12, none);
    arguments("agree by 513 bytes", 12, Cbor.map().put(1, Cbor.of(new byte[513])).build());
    arguments("agree by no bytes", 12, Cbor.map().put(1, Cbor.of(new byte[0])).build());
    arguments("not me of nothing", 8, Cbor.map().put(1, Cbor.NULL).put(2, Cbor.NULL).build());
  }

  private void bad(String name, String text, String refusal) {
    all.add(status.inputs(Vector.of("request-bad", name)).text("request", text).refused(refusal));
  }

  private String headed(long label, @Nullable Cbor value) {
    CoseEncrypt0 outer = status.sealed.sealed();
    byte[] header = Cose.with(outer.headers(), label, value).encode();
    return status.withSealed(
        Cbor.array(Cbor.of(header), Cbor.map().build(), Cbor.of(outer.ciphertext())).encode());
  }

  private void shapes() {
    String good = status.sent.text();
    bad("three fields", good.substring(0, good.lastIndexOf("::")), "R1");
    bad("five fields", good + "::", "R1");
    bad("consortium in lower case", status.with(0, "tl"), "R1");
    bad("mark in lower case", status.with(1, "REQUEST".toLowerCase(Locale.ROOT)), "R1");
    bad("a transaction number in place of the mark", status.with(1, "0123456789ABCDEF"), "R1");
    bad("account of 16 bytes", status.with(2, Base64Url.encode(new byte[16])), "R1");
    bad("sealed field padded", good + "=", "R1");
    bad("over 8192 characters", good + "A".repeat(SealedRequest.MAX_LENGTH), "R1");
    bad("algorithm A128GCM", headed(1, Cbor.of(1)), "R1");
    bad("IV of 11 bytes", headed(5, Cbor.of(new byte[11])), "R1");
    bad("suite 3", headed(Code.SUITE_LABEL, Cbor.of(3)), "R1");
    bad("no suite", headed(Code.SUITE_LABEL, null), "R1");
    bad("a hint", headed(Code.HINT_LABEL, Cbor.of(new byte[8])), "R1");
    bad("nonce of 15 bytes", headed(SealedRequest.NONCE_LABEL, Cbor.of(new byte[15])), "R1");
    bad("no nonce", headed(SealedRequest.NONCE_LABEL, null), "R1");
    Cbor short31 = Cbor.of(new byte[31]);
    bad("challenge of 31 bytes", headed(SealedRequest.CHALLENGE_LABEL, short31), "R1");
    bad("no challenge", headed(SealedRequest.CHALLENGE_LABEL, null), "R1");
    bad("0 blocks", headed(SealedRequest.BLOCKS_LABEL, Cbor.of(0)), "R1");
    bad("9 blocks", headed(SealedRequest.BLOCKS_LABEL, Cbor.of(9)), "R1");
    bad("no blocks", headed(SealedRequest.BLOCKS_LABEL, null), "R1");
  }

  private void seals() {
    CoseEncrypt0 outer = status.sealed.sealed();
    bad("tag flipped", status.withSealed(Cose.flipped(outer.encode(), -1)), "R4");
    bad("IV flipped", headed(5, Cbor.of(Cose.flipped(outer.iv(), 0))), "R4");
    bad("another suite", headed(Code.SUITE_LABEL, Cbor.of(2)), "R4");
    Cbor nonce = Cbor.of(Cose.flipped(status.nonce, 0));
    bad("another nonce", headed(SealedRequest.NONCE_LABEL, nonce), "R4");
    Cbor challenge = Cbor.of(Cose.flipped(status.challenge, 0));
    bad("another challenge", headed(SealedRequest.CHALLENGE_LABEL, challenge), "R4");
    bad("more blocks", headed(SealedRequest.BLOCKS_LABEL, Cbor.of(8)), "R4");
    String account = Base64Url.encode(payer.aliases.get(9));
    bad("another account field", status.with(2, account), "R4");
    bad("another consortium", status.with(0, "TM"), "R4");
    byte[] chance =
        CoseEncrypt0.seal(
            status.out("request key"),
            Fixed.bytes("an IV of chance", 12),
            Cose.with(Cose.with(outer.headers(), 1, null), 5, null),
            status.aad(),
            status.sign1);
    bad("sealed under an IV that is not the synthetic one", status.withSealed(chance), "R4");
    ExampleRequest wrongRoot =
        new ExampleRequest(
            "other root",
            payer,
            new EpochRoot(0, Fixed.secret("another root", 32)),
            3,
            keys -> new RequestArguments.DrawNumber());
    bad("sealed under another root", wrongRoot.sent.text(), "R4");
    ExampleRequest wrongEpoch =
        new ExampleRequest(
            "other epoch",
            payer,
            new EpochRoot(1, root.root()),
            3,
            keys -> new RequestArguments.DrawNumber());
    bad("the root under another epoch's number", wrongEpoch.sent.text(), "R4");
    bad("a request of another device", otherDevice().sent.text(), "R4");
    beforeTheNewest();
  }

  private ExampleRequest otherDevice() {
    return new ExampleRequest(
        "other device",
        payment.payee,
        new EpochRoot(0, payment.payee.secrets.root()),
        3,
        keys -> new RequestArguments.DrawNumber());
  }

  /** Of the epoch before the newest a request opens; of one before that it does not. */
  private void beforeTheNewest() {
    ArrayNode before = JsonNodeFactory.instance.arrayNode();
    before.add(
        Vector.part().integer("epoch", 1).hex("root", Fixed.bytes("root of epoch 1", 32)).node());
    all.add(
        Vector.of("request-bad", "of an epoch that is two behind")
            .with(status.inputs(Vector.part()))
            .integer("epoch", 2)
            .hex("root", Fixed.bytes("root of epoch 2", 32))
            .json("before", before)
            .text("request", status.sent.text())
            .refused("R4"));
  }

  private void body(String name, long key, @Nullable Cbor value) {
    bad(name, status.signing(Cose.with(status.bodyMap(), key, value)), "R5");
  }

  private void bodies() {
    byte[] payload = CoseSign1.decode(status.sign1).payload();
    SigningKey stranger = payment.payee.device;
    byte[] foreign = CoseSign1.sign(stranger, "ts/request", status.aad(), payload).encoded();
    bad("signed by another device", status.sealing(foreign), "R5");
    byte[] typ = CoseSign1.sign(payer.device, "ts/half", status.aad(), payload).encoded();
    bad("typ ts/half", status.sealing(typ), "R5");
    bad("signature with high s", status.sealing(Cose.highS(status.sign1)), "R5");
    bad("signature flipped", status.sealing(Cose.flipped(status.sign1, -1)), "R5");
    bad("trailing byte in the plaintext", status.sealing(Cose.with(status.sign1, 0)), "R5");
    bad("plaintext is not CBOR", status.sealing(new byte[] {(byte) 0xff}), "R5");
    body("format 0", 1, Cbor.of(0));
    body("device of another", 2, Cbor.of(new byte[16]));
    body("another epoch", 3, Cbor.of(1));
    body("signed challenge is not the header's", 5, Cbor.of(new byte[32]));
    body("challenge missing", 5, null);
    body("arguments are no map", 7, Cbor.of(Cbor.array().encode()));
    body("arguments with a trailing byte", 7, Cbor.of(new byte[] {(byte) 0xa0, 0}));
    body("unknown key", 8, Cbor.of(0));
  }
}

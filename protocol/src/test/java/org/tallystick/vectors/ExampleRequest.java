package org.tallystick.vectors;

import java.util.function.Function;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.cose.CoseEncrypt0;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.Hkdf;
import org.tallystick.crypto.Secret;
import org.tallystick.format.Format;
import org.tallystick.format.Sealed;
import org.tallystick.request.ReplyBody;
import org.tallystick.request.ReplyContext;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestKeys;
import org.tallystick.request.RequestResult;
import org.tallystick.request.RequestSealer;
import org.tallystick.request.RequestStatus;
import org.tallystick.request.SealedReply;
import org.tallystick.request.SealedRequest;
import org.tallystick.request.SentRequest;
import org.tallystick.sequencer.EpochRoot;

/** One sealed request with all its values, and replies to it: section R. */
final class ExampleRequest {
  static final byte[] NOTHING = Cbor.map().build().encode();

  final ExampleParty party;
  final EpochRoot root;
  final byte[] challenge;
  final byte[] nonce;
  final byte[] alias;
  final SentRequest sent;
  final SealedRequest sealed;
  final byte[] sign1;
  private final String name;

  ExampleRequest(
      String name,
      ExampleParty party,
      EpochRoot root,
      int alias,
      Function<RequestKeys, RequestArguments> asked) {
    this(
        name,
        party,
        root,
        alias,
        sealer(name, party)
            .seal(root, challenge(name), party.aliases.get(alias), asked, Fixed.NOW));
  }

  ExampleRequest(String name, ExampleParty party, EpochRoot root, int alias, SentRequest sent) {
    this.name = name;
    this.party = party;
    this.root = root;
    this.challenge = challenge(name);
    this.nonce = nonce(name);
    this.alias = party.aliases.get(alias);
    this.sent = sent;
    this.sealed = SealedRequest.parse(sent.text());
    this.sign1 = sealed.sealed().open(out("request key"), aad()).orElseThrow();
  }

  static RequestSealer sealer(String name, ExampleParty party) {
    return new RequestSealer(party.binding, party.device, Fixed.random(nonce(name)));
  }

  static byte[] challenge(String name) {
    return Fixed.bytes(name + " challenge", 32);
  }

  private static byte[] nonce(String name) {
    return Fixed.bytes(name + " nonce", 16);
  }

  byte[] q() {
    return Hkdf.extract(challenge, root.root().reveal());
  }

  byte[] out(String label) {
    byte[] info =
        Cbor.array(
                Cbor.of(label),
                party.binding.suite().toCbor(),
                Cbor.of(party.binding.deviceId()),
                Cbor.of(root.epoch()),
                Cbor.of(nonce))
            .encode();
    return Hkdf.expand(q(), info, 32);
  }

  byte[] aad() {
    return Format.aad(
        "request", party.binding.suite(), ExampleBank.CONSORTIUM, "", Base64Url.encode(alias));
  }

  /** What the check of a request needs. */
  Vector inputs(Vector vector) {
    return vector
        .suite(party.binding.suite())
        .text("consortium", ExampleBank.CONSORTIUM)
        .hex("deviceId", party.binding.deviceId())
        .hex("devicePublic", party.device.verificationKey().compressed())
        .integer("epoch", root.epoch())
        .hex("root", root.root().reveal());
  }

  /** Inputs, every value between, and the request. */
  Vector vector() {
    CoseSign1 signed = CoseSign1.decode(sign1);
    CoseEncrypt0 outer = sealed.sealed();
    byte[] arguments = ((Cbor.Map) Cbor.decode(signed.payload())).get(7).orElseThrow().asBytes();
    return inputs(Vector.of("request", name))
        .hex("deviceScalar", party.deviceScalar)
        .hex("challenge", challenge)
        .hex("nonce", nonce)
        .hex("alias", alias)
        .integer("time", Fixed.NOW)
        .integer("requestKind", sent.kind().value())
        .hex("arguments", arguments)
        .integer("blocks", sealed.blocks())
        .hex("q", q())
        .hex("requestKey", out("request key"))
        .hex("requestIv", out("request iv"))
        .hex("requestPin", out("request pin"))
        .hex("reply", out("reply"))
        .hex("body", signed.payload())
        .hex("externalAad", aad())
        .hex("sigStructure", Cose.sigStructure(signed, aad()))
        .hex("signed", sign1)
        .hex("iv", outer.iv())
        .hex("protected", outer.protectedBytes())
        .hex("encStructure", Cose.encStructure(outer, aad()))
        .hex("ciphertext", outer.ciphertext())
        .text("request", sent.text())
        .hex("hash", sent.hash());
  }

  ReplyContext replyTo() {
    return sent.replyTo(party.binding);
  }

  byte[] replyOut(String label) {
    byte[] info = Cbor.array(Cbor.of(label), Cbor.of(sent.hash())).encode();
    return Hkdf.expand(sent.replyRoot().reveal(), info, 32);
  }

  byte[] replyAad() {
    return Cbor.array(
            Cbor.of("tallystick"),
            Cbor.of("reply"),
            Cbor.of(Format.VERSION),
            party.binding.suite().toCbor(),
            Cbor.of(ExampleBank.CONSORTIUM),
            Cbor.of(party.binding.deviceId()),
            Cbor.of(root.epoch()),
            Cbor.of(sent.hash()))
        .encode();
  }

  ReplyBody body(RequestStatus status, byte[] result) {
    return new ReplyBody(
        party.binding.deviceId(),
        sent.kind().value(),
        sent.hash(),
        Fixed.NOW + 900,
        status,
        result,
        Fixed.bytes(name + " fresh alias", 17),
        Fixed.bytes(name + " next challenge", 32));
  }

  /** What the check of a reply needs. */
  Vector replyInputs(Vector vector, ExampleBank bank) {
    return vector
        .suite(party.binding.suite())
        .text("consortium", ExampleBank.CONSORTIUM)
        .hex("deviceId", party.binding.deviceId())
        .integer("epoch", root.epoch())
        .integer("requestKind", sent.kind().value())
        .text("request", sent.text())
        .hex("reply", sent.replyRoot().reveal())
        .hex("answerPublic", bank.answer.verificationKey().compressed());
  }

  Vector done(String replyName, ExampleBank bank, RequestResult result) {
    return reply(replyName, bank, body(RequestStatus.DONE, result.encode()));
  }

  Vector reply(String replyName, ExampleBank bank, ReplyBody body) {
    byte[] reply = SealedReply.seal(replyTo(), body, bank.answer);
    CoseEncrypt0 outer = CoseEncrypt0.decode(reply);
    byte[] key = replyOut("reply key");
    byte[] plaintext = outer.open(key, replyAad()).orElseThrow();
    return replyInputs(Vector.of("reply", replyName), bank)
        .hex("hash", sent.hash())
        .integer("blocks", sealed.blocks())
        .hex("replyKey", key)
        .hex("replyIv", replyOut("reply iv"))
        .integer("time", body.timeMillis())
        .integer("status", body.status().value())
        .hex("result", body.result())
        .hex("alias", body.alias())
        .hex("challenge", body.challenge())
        .hex("body", body.encode())
        .hex("signed", Cbor.decode(plaintext).asArray(2).get(0).asBytes())
        .hex("externalAad", replyAad())
        .hex("plaintext", plaintext)
        .hex("iv", outer.iv())
        .hex("encStructure", Cose.encStructure(outer, replyAad()))
        .hex("sealed", reply);
  }

  /** The same sealed field under other clear fields. */
  String with(int field, String value) {
    String[] fields = sent.text().split("::", -1);
    fields[field] = value;
    return String.join("::", fields);
  }

  String withSealed(byte[] coseEncrypt0) {
    return with(3, Base64Url.encode(coseEncrypt0));
  }

  /** Another plaintext under this request's keys, which only who holds the root could have made. */
  String sealing(byte[] plaintext) {
    byte[] iv = Sealed.syntheticIv(Secret.adopt(out("request iv")), aad(), plaintext);
    Cbor.Map headers = Cose.with(Cose.with(sealed.sealed().headers(), 1, null), 5, null);
    return withSealed(CoseEncrypt0.seal(out("request key"), iv, headers, aad(), plaintext));
  }

  /** Another body, rightly signed and sealed. */
  String signing(Cbor.Map body) {
    return sealing(CoseSign1.sign(party.device, "ts/request", aad(), body.encode()).encoded());
  }

  Cbor.Map bodyMap() {
    return (Cbor.Map) Cbor.decode(CoseSign1.decode(sign1).payload());
  }

  /** A reply of another plaintext. */
  byte[] replying(byte[] plaintext) {
    byte[] iv = Sealed.syntheticIv(Secret.adopt(replyOut("reply iv")), replyAad(), plaintext);
    return CoseEncrypt0.seal(replyOut("reply key"), iv, Cbor.map().build(), replyAad(), plaintext);
  }
}

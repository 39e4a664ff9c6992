package org.tallystick.vectors;

import java.util.List;
import java.util.SortedMap;
import org.tallystick.code.Code;
import org.tallystick.code.DeviceBinding;
import org.tallystick.code.DeviceSequence;
import org.tallystick.code.HalfSealer;
import org.tallystick.code.HalfTerms;
import org.tallystick.code.SealedHalf;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.Cbor;
import org.tallystick.cose.CoseEncrypt0;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.Secret;
import org.tallystick.format.Format;
import org.tallystick.sequencer.OneTimeKeys;

/** One sealed half with all its values: sections 4, 5 and 7. */
final class ExampleHalf {
  final ExampleParty party;
  final DeviceSequence at;
  final HalfTerms terms;
  final byte[] alias;
  final byte[] salt;
  final SealedHalf sealed;
  final Code code;
  final byte[] plaintext;

  ExampleHalf(String name, ExampleParty party, DeviceSequence at, HalfTerms terms, byte[] alias) {
    this.party = party;
    this.at = at;
    this.terms = terms;
    this.alias = alias;
    this.salt = Fixed.bytes(name + " private map salt", 16);
    this.sealed =
        new HalfSealer(party.binding, party.device, Fixed.random(salt))
            .seal(at, terms, alias, Fixed.NOW);
    this.code = Code.parse(sealed.text());
    try (OneTimeKeys keys = keys();
        Secret key = keys.key()) {
      this.plaintext = code.sealed().open(key.reveal(), externalAad()).orElseThrow();
    }
  }

  OneTimeKeys keys() {
    return at.keys(party.binding);
  }

  byte[] externalAad() {
    return Format.aad(
        "code", party.binding.suite(), code.consortium(), code.number(), code.account());
  }

  byte[] halfAad() {
    return Format.aad(
        "half", party.binding.suite(), code.consortium(), code.number(), code.account());
  }

  private byte[] privateMap() {
    return Cbor.decode(plaintext).asArray(2).get(1).asBytes();
  }

  /** Section 4. */
  static Vector sequence(String name, DeviceSequence at, DeviceBinding binding) {
    try (OneTimeKeys keys = at.keys(binding)) {
      return Vector.of("sequence", name)
          .suite(binding.suite())
          .hex("deviceId", binding.deviceId())
          .integer("epoch", at.epoch())
          .integer("n", at.n())
          .hex("chain", at.chain().reveal())
          .hex("string2", at.string2().reveal())
          .hex("P", keys.skippedKey().reveal())
          .hex("key", keys.key().reveal())
          .hex("iv", keys.ivKey().reveal())
          .hex("hint", keys.hint())
          .hex("pin", keys.pinKey().reveal())
          .hex("reply", keys.replyRoot().reveal())
          .hex("number", keys.number())
          .hex("next", keys.nextChain().reveal());
    }
  }

  /** Inputs, every value between, and the code. */
  Vector vector(String name) {
    CoseSign1 half = CoseSign1.decode(sealed.half());
    CoseEncrypt0 outer = code.sealed();
    return Vector.of("code", name)
        .part("sequence", sequence("of this code", at, party.binding))
        .hex("deviceScalar", party.deviceScalar)
        .hex("devicePublic", party.device.verificationKey().compressed())
        .part("terms", terms())
        .hex("alias", alias)
        .hex("privateMap", privateMap())
        .hex("signedMap", half.payload())
        .hex("halfAad", halfAad())
        .hex("halfSigStructure", Cose.sigStructure(half, halfAad()))
        .hex("half", sealed.half())
        .hex("externalAad", externalAad())
        .hex("plaintext", plaintext)
        .hex("iv", outer.iv())
        .hex("protected", outer.protectedBytes())
        .hex("encStructure", Cose.encStructure(outer, externalAad()))
        .hex("ciphertext", outer.ciphertext())
        .text("code", sealed.text())
        .hex("codeHash", sealed.codeHash());
  }

  private Vector terms() {
    return TermsMembers.put(plainTerms(), terms);
  }

  private Vector plainTerms() {
    return Vector.part()
        .text("consortium", party.binding.consortium())
        .integer("role", terms.role().value())
        .integer("purpose", terms.purpose().value())
        .hex("accountIdentifier", party.binding.accountIdentifier())
        .hex("contractId", party.binding.contractId())
        .hex("bindingValue", party.binding.bindingValue())
        .text("number", terms.number())
        .hex("counterparty", terms.counterparty())
        .hex("billHash", terms.billHash())
        .integer("amount", terms.amount().minor())
        .text("currency", terms.amount().currency())
        .integer("time", Fixed.NOW)
        .integer("notAfter", terms.notAfterMillis())
        .hex("v", terms.pin() == null ? null : terms.pin().toBytes())
        .text("shorthand", terms.shorthand())
        .hex("prev", at.prev())
        .integer("logIndex", terms.logIndex())
        .hex("logHead", terms.logHead())
        .integer("cancelledN", terms.cancelledN())
        .integer("closed", at.start().closed())
        .part("critical", named(terms.extensions().critical()))
        .part("other", named(terms.extensions().other()))
        .hex("salt", salt);
  }

  private static Vector named(SortedMap<String, byte[]> extensions) {
    Vector part = Vector.part();
    extensions.forEach(part::hex);
    return part;
  }

  /** The bank's view before this code. */
  Vector bankState() {
    return Vector.part()
        .suite(party.binding.suite())
        .hex("deviceId", party.binding.deviceId())
        .hex("devicePublic", party.device.verificationKey().compressed())
        .integer("epoch", at.epoch())
        .integer("next", at.n())
        .hex("chain", at.chain().reveal())
        .hex("string2", at.string2().reveal())
        .integer("logIndex", terms.logIndex())
        .hex("logHead", terms.logHead());
  }

  /** Another plaintext under this code's key, which only the device could have made. */
  String sealing(byte[] otherPlaintext) {
    return Cose.seal(this, code.consortium(), code.number(), code.account(), otherPlaintext);
  }

  /** Another signed map, rightly signed and sealed. */
  String sealing(Cbor.Map signedMap, byte[] privateMap) {
    byte[] half =
        CoseSign1.sign(party.device, Format.typ("half"), halfAad(), signedMap.encode()).encoded();
    return sealing(Cbor.array(Cbor.of(half), Cbor.of(privateMap)).encode());
  }

  /** Another half beside the same private map. */
  String sealingHalf(byte[] half) {
    return sealing(Cbor.array(Cbor.of(half), Cbor.of(privateMap())).encode());
  }

  Cbor.Map signedMap() {
    return (Cbor.Map) Cbor.decode(CoseSign1.decode(sealed.half()).payload());
  }

  byte[] privateMapBytes() {
    return privateMap();
  }

  String withSealed(byte[] coseEncrypt0) {
    return String.join(
        "::",
        List.of(code.consortium(), code.number(), code.account(), Base64Url.encode(coseEncrypt0)));
  }
}

package org.tallystick.vectors;

import org.tallystick.answer.Progress;
import org.tallystick.answer.SealedProgress;
import org.tallystick.codec.Cbor;
import org.tallystick.cose.CoseEncrypt0;
import org.tallystick.crypto.Hkdf;
import org.tallystick.crypto.Secret;
import org.tallystick.format.Format;
import org.tallystick.format.Sealed;

/** A progress message of one half with all its values: section 8.1. */
final class ExampleProgress {
  final ExampleHalf half;
  final ExampleBank bank;
  final Progress progress;
  final byte[] sealed;

  ExampleProgress(ExampleHalf half, ExampleBank bank, int i) {
    this.half = half;
    this.bank = bank;
    progress =
        new Progress(
            half.party.binding.deviceId(),
            half.sealed.epoch(),
            half.sealed.n(),
            half.sealed.codeHash(),
            i,
            Progress.WAITING,
            Fixed.NOW + 1_000,
            half.terms.notAfterMillis());
    sealed =
        SealedProgress.seal(
            progress,
            half.party.binding.suite(),
            ExampleBank.CONSORTIUM,
            half.terms.number(),
            bank.answer,
            half.sealed.replyRoot());
  }

  byte[] out(String label) {
    byte[] info = Cbor.array(Cbor.of(label), Cbor.of(progress.i())).encode();
    return Hkdf.expand(half.sealed.replyRoot().reveal(), info, 32);
  }

  byte[] aad() {
    return Cbor.array(
            Cbor.of("tallystick"),
            Cbor.of("progress"),
            Cbor.of(Format.VERSION),
            half.party.binding.suite().toCbor(),
            Cbor.of(ExampleBank.CONSORTIUM),
            Cbor.of(half.party.binding.deviceId()),
            Cbor.of(half.sealed.epoch()),
            Cbor.of(half.sealed.n()),
            Cbor.of(progress.i()))
        .encode();
  }

  /** What the check of a progress message needs. */
  Vector inputs(Vector vector) {
    return vector
        .suite(half.party.binding.suite())
        .text("consortium", ExampleBank.CONSORTIUM)
        .hex("deviceId", half.party.binding.deviceId())
        .integer("epoch", half.sealed.epoch())
        .integer("n", half.sealed.n())
        .integer("i", progress.i())
        .text("number", half.terms.number())
        .hex("codeHash", half.sealed.codeHash())
        .hex("reply", half.sealed.replyRoot().reveal())
        .hex("answerPublic", bank.answer.verificationKey().compressed());
  }

  Vector vector(String name) {
    CoseEncrypt0 outer = CoseEncrypt0.decode(sealed);
    byte[] key = out("progress key");
    byte[] plaintext = outer.open(key, aad()).orElseThrow();
    return inputs(Vector.of("progress", name))
        .hex("progressKey", key)
        .hex("progressIv", out("progress iv"))
        .integer("stage", progress.stage())
        .integer("time", progress.timeMillis())
        .integer("notAfter", progress.notAfterMillis())
        .hex("body", progress.encode())
        .hex("signed", Cbor.decode(plaintext).asArray(2).get(0).asBytes())
        .hex("externalAad", aad())
        .hex("plaintext", plaintext)
        .hex("iv", outer.iv())
        .hex("encStructure", Cose.encStructure(outer, aad()))
        .hex("sealed", sealed);
  }

  /** Another plaintext of this message. */
  byte[] sealing(byte[] plaintext) {
    byte[] iv = Sealed.syntheticIv(Secret.adopt(out("progress iv")), aad(), plaintext);
    return CoseEncrypt0.seal(out("progress key"), iv, Cbor.map().build(), aad(), plaintext);
  }
}

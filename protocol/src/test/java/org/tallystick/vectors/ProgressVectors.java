package org.tallystick.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.answer.SealedProgress;
import org.tallystick.codec.Cbor;
import org.tallystick.cose.CoseEncrypt0;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.Hkdf;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Signer;
import org.tallystick.format.Format;
import org.tallystick.format.Padding;
import org.tallystick.format.Sealed;
import org.tallystick.format.Signed;

/** Section 8.1: progress messages, and such as do not hold. */
final class ProgressVectors {
  private final ExampleProgress progress;
  private final List<JsonNode> all = new ArrayList<>();

  private ProgressVectors(ExampleAdditions additions) {
    progress = additions.progress;
  }

  static List<JsonNode> all(ExampleAdditions additions, ExampleAdditions hybrid) {
    ProgressVectors vectors = new ProgressVectors(additions);
    vectors.all.add(new ExampleProgress(additions.half, vectors.progress.bank, 8).vector("the eighth").node());
    vectors.all.add(hybrid.progress.vector("to a device of suite 2").node());
    vectors.seals();
    vectors.signatures();
    vectors.bodies();
    return vectors.all;
  }

  private void bad(String name, byte[] sealed) {
    all.add(
        progress.inputs(Vector.of("progress-bad", name)).hex("sealed", sealed).refused("G3"));
  }

  private byte[] signed(Signer by, String type, String number, byte[] body) {
    return Signed.sign(
        by, type, progress.half.party.binding.suite(), ExampleBank.CONSORTIUM, number, "", body);
  }

  private byte[] signed() {
    String number = progress.half.terms.number();
    return signed(progress.bank.answer, "progress", number, progress.progress.encode());
  }

  private void seals() {
    int full = SealedProgress.PLAINTEXT_LENGTH;
    bad("tag flipped", Cose.flipped(progress.sealed, -1));
    bad("trailing byte", Cose.with(progress.sealed, 0));
    bad("the second message", new ExampleProgress(progress.half, progress.bank, 2).sealed);
    bad("one byte short", progress.sealing(Padding.pad(signed(), full - 1)));
    bad("one byte long", progress.sealing(Padding.pad(signed(), full + 1)));
    byte[] dirty = Padding.pad(signed(), full);
    dirty[full - 1] = 1;
    bad("padding is not zero", progress.sealing(dirty));
    Secret root = progress.half.sealed.replyRoot();
    byte[] key = Hkdf.expand(root.reveal(), Format.label("answer key"), 32);
    byte[] ivKey = Hkdf.expand(root.reveal(), Format.label("answer iv"), 32);
    byte[] iv = Sealed.syntheticIv(Secret.adopt(ivKey), progress.aad(), Padding.pad(signed(), full));
    bad(
        "sealed under the answer's key",
        CoseEncrypt0.seal(key, iv, Cbor.map().build(), progress.aad(), Padding.pad(signed(), full)));
    byte[] chance = Fixed.bytes("an IV of chance", 12);
    bad(
        "sealed under an IV that is not the synthetic one",
        CoseEncrypt0.seal(
            progress.out("progress key"),
            chance,
            Cbor.map().build(),
            progress.aad(),
            Padding.pad(signed(), full)));
  }

  private void signatures() {
    String number = progress.half.terms.number();
    byte[] body = progress.progress.encode();
    ExampleBank bank = progress.bank;
    bad("signed by the receipt key", content(signed(bank.receipt, "progress", number, body)));
    bad("typ ts/answer", content(signed(bank.answer, "answer", number, body)));
    bad(
        "signed for another number",
        content(signed(bank.answer, "progress", "0123456789ABCDEF", body)));
    bad("high s", content(Cose.highS(signed())));
    byte[] typ =
        CoseSign1.sign(
                bank.answer,
                "ts/answer",
                Format.aad(
                    "progress",
                    progress.half.party.binding.suite(),
                    ExampleBank.CONSORTIUM,
                    number,
                    ""),
                body)
            .encoded();
    bad("typ ts/answer in the header alone", content(typ));
  }

  private byte[] content(byte[] signed) {
    return progress.sealing(Padding.pad(signed, SealedProgress.PLAINTEXT_LENGTH));
  }

  private void body(String name, long key, @Nullable Cbor value) {
    Cbor.Map body = (Cbor.Map) Cbor.decode(progress.progress.encode());
    byte[] changed = Cose.with(body, key, value).encode();
    String number = progress.half.terms.number();
    bad(name, content(signed(progress.bank.answer, "progress", number, changed)));
  }

  private void bodies() {
    body("device of another", 1, Cbor.of(new byte[16]));
    body("another epoch", 2, Cbor.of(0));
    body("another n", 3, Cbor.of(progress.progress.n() + 1));
    body("another code", 4, Cbor.of(new byte[32]));
    body("i is another", 5, Cbor.of(2));
    body("i is 0", 5, Cbor.of(0));
    body("i is 9", 5, Cbor.of(9));
    body("unknown stage", 6, Cbor.of(2));
    body("time negative", 7, Cbor.of(-1));
    body("notAfter missing", 8, null);
    body("unknown key", 9, Cbor.of(0));
  }
}

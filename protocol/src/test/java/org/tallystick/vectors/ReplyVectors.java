package org.tallystick.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.tallystick.codec.Cbor;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.Padding;
import org.tallystick.format.Signed;
import org.tallystick.request.ReplyBody;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestResult;
import org.tallystick.request.RequestStatus;
import org.tallystick.request.SealedReply;

/** Section R: replies to one request that do not hold. */
final class ReplyVectors {
  private final ExampleRequest status;
  private final RequestResult result;
  private final ExampleBank bank;
  private final List<JsonNode> all = new ArrayList<>();

  ReplyVectors(ExampleRequest status, RequestResult result, ExampleBank bank) {
    this.status = status;
    this.result = result;
    this.bank = bank;
  }

  List<JsonNode> all() {
    replies();
    return all;
  }

  private void badReply(String name, byte[] reply, String refusal) {
    all.add(
        status
            .replyInputs(Vector.of("reply-bad", name), bank)
            .hex("sealed", reply)
            .refused(refusal));
  }

  private byte[] signed(SigningKey key, String type, Cbor.Map body) {
    return Signed.sign(
        key, type, status.party.binding.suite(), ExampleBank.CONSORTIUM, body.encode());
  }

  private byte[] replying(Cbor.Map body) {
    int length = SealedReply.BLOCK * status.sealed.blocks();
    return status.replying(Padding.pad(signed(bank.answer, "reply", body), length));
  }

  private void replies() {
    ReplyBody body = status.body(RequestStatus.DONE, result.encode());
    byte[] good = SealedReply.seal(status.replyTo(), body, bank.answer);
    Cbor.Map map = (Cbor.Map) Cbor.decode(body.encode());
    int length = SealedReply.BLOCK * status.sealed.blocks();
    badReply("tag flipped", Cose.flipped(good, -1), "R8");
    badReply("trailing byte", Cose.with(good, 0), "R8");
    badReply(
        "what a stranger gets",
        SealedReply.lookAlike(
            2, Fixed.random(Fixed.bytes("look-alike IV", 12), Fixed.bytes("look-alike 2", 2064))),
        "R8");
    ExampleRequest other =
        new ExampleRequest(
            "another", status.party, status.root, 3, keys -> new RequestArguments.DrawNumber());
    badReply(
        "reply to another request", SealedReply.seal(other.replyTo(), body, bank.answer), "R8");
    byte[] signed = signed(bank.answer, "reply", map);
    byte[] dirty = Padding.pad(signed, length);
    dirty[length - 1] = 1;
    badReply("padding is not zero", status.replying(dirty), "R8");
    badReply("one byte short", status.replying(Padding.pad(signed, length - 1)), "R8");
    badReply("one block more", status.replying(Padding.pad(signed, length + 1024)), "R8");
    byte[] byReceipt = signed(bank.receipt, "reply", map);
    badReply("signed by the receipt key", status.replying(Padding.pad(byReceipt, length)), "R9");
    byte[] typ = signed(bank.answer, "answer", map);
    badReply("typ ts/answer", status.replying(Padding.pad(typ, length)), "R9");
    badReply("format 0", replying(Cose.with(map, 1, Cbor.of(0))), "R9");
    badReply("status 8", replying(Cose.with(map, 6, Cbor.of(8))), "R9");
    badReply("a result beside status 3", replying(Cose.with(map, 6, Cbor.of(3))), "R9");
    badReply("alias of 16 bytes", replying(Cose.with(map, 8, Cbor.of(new byte[16]))), "R9");
    badReply("unknown key", replying(Cose.with(map, 10, Cbor.of(0))), "R9");
    badReply("device of another", replying(Cose.with(map, 2, Cbor.of(new byte[16]))), "R10");
    badReply("another kind", replying(Cose.with(map, 3, Cbor.of(2))), "R10");
    badReply("another T", replying(Cose.with(map, 4, Cbor.of(new byte[32]))), "R10");
  }
}

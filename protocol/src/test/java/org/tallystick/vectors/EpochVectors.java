package org.tallystick.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.DeviceSequence;
import org.tallystick.code.Extensions;
import org.tallystick.code.HalfTerms;
import org.tallystick.codec.Cbor;
import org.tallystick.sequencer.Epoch;

/** Sections 4 and 5: codes across epochs, and such as must not open there. */
final class EpochVectors {
  private final ExampleRekey rekey;
  private final ExampleHalf half;
  private final DeviceSequence before;
  private final List<JsonNode> all = new ArrayList<>();

  private EpochVectors(ExampleRekey rekey) {
    this.rekey = rekey;
    this.half = rekey.first;
    this.before = rekey.payment.payerHalf.sealed.next();
  }

  static List<JsonNode> all(ExampleRekey rekey) {
    EpochVectors vectors = new EpochVectors(rekey);
    vectors.second();
    vectors.closings();
    vectors.histories();
    vectors.extensions();
    return vectors.all;
  }

  private HalfTerms terms(Extensions extensions) {
    HalfTerms t = half.terms;
    return new HalfTerms(
            t.role(),
            t.purpose(),
            t.number(),
            t.billHash(),
            t.amount(),
            t.counterparty(),
            t.notAfterMillis(),
            t.shorthand(),
            t.pin(),
            null,
            t.logIndex(),
            t.logHead())
        .with(extensions);
  }

  private void second() {
    ExampleHalf presence =
        new ExampleHalf(
            "presence half",
            half.party,
            half.sealed.next(),
            terms(Extensions.of("presence", new byte[] {1})),
            rekey.result.aliases().get(1));
    all.add(presence.vector("second code of epoch 1, in presence mode").node());
  }

  /** The bank holds epoch 1 and, open or closed, epoch 0. */
  private ObjectNode bad(ExampleHalf of, String name, String text, long next, String refusal) {
    boolean closed = next >= 0;
    ObjectNode vector =
        Vector.of("code-bad", name)
            .part("bank", of.bankState())
            .integer("at", Fixed.NOW)
            .text("code", text)
            .refused(refusal);
    ObjectNode older =
        Vector.part()
            .integer("epoch", 0)
            .integer("first", before.start().first())
            .integer("next", closed ? next : before.n())
            .hex("chain", closed ? null : before.chain().reveal())
            .hex("string2", closed ? null : before.string2().reveal())
            .node();
    bank(vector).set("older", older);
    all.add(vector);
    return vector;
  }

  static ObjectNode bank(ObjectNode vector) {
    return (ObjectNode) vector.required("bank");
  }

  private void map(String name, long key, @Nullable Cbor value, long next, String refusal) {
    String text = half.sealing(Cose.with(half.signedMap(), key, value), half.privateMapBytes());
    bad(half, name, text, next, refusal);
  }

  private void closings() {
    long first = before.start().first();
    map("no closed in epoch 1", 22, null, -1, "O6");
    map("closed below the bank's next", 22, Cbor.of(before.n() - 1), -1, "O9");
    map("closed beyond the epoch's end", 22, Cbor.of(first + Epoch.NUMBERS + 1), -1, "O9");
    map("closed is not what an earlier code said", 22, Cbor.of(before.n() + 1), before.n(), "O9");
    map("closed negative", 22, Cbor.of(-1), -1, "O9");
  }

  private static ArrayNode consumed(long epoch, long n, byte[] codeHash, byte[] prev) {
    return JsonNodeFactory.instance
        .arrayNode()
        .add(
            Vector.part()
                .integer("epoch", epoch)
                .integer("n", n)
                .hex("codeHash", codeHash)
                .hex("prev", prev)
                .text("number", "0123456789ABCDEF")
                .node());
  }

  private void histories() {
    String text = half.sealed.text();
    byte[] other = Fixed.bytes("code of another history", 32);
    bad(half, "prev is not the last code of the epoch before", text, -1, "O9")
        .set("consumed", consumed(0, before.n() - 1, other, new byte[16]));
    ExampleHalf last = rekey.payment.payerHalf;
    ObjectNode late = bad(last, "the next epoch's first code names another", "", -1, "O9");
    late.put("code", last.sealed.text());
    late.set("consumed", consumed(1, half.at.n(), half.sealed.codeHash(), new byte[16]));
    ObjectNode bank = bank(late);
    bank.setAll(half.bankState().node());
    bank.put("logIndex", last.terms.logIndex());
    bank.put("logHead", last.bankState().node().get("logHead").asText());
    bank.set(
        "skipped",
        Vector.part()
            .integer("epoch", 0)
            .integer("n", last.at.n())
            .hex("P", last.keys().skippedKey().reveal())
            .node());
    ObjectNode older = (ObjectNode) bank.required("older");
    older.put("next", before.n()).putNull("chain").putNull("string2");
    ObjectNode gone = bad(last, "number of an epoch that is closed", "", before.n(), "O4");
    gone.put("code", last.sealed.text());
    bank(gone).setAll(half.bankState().node());
    bank(bad(half, "epoch from before a restore of the bank", text, -1, "O9c"))
        .put("recoveryEpoch", 1);
  }

  private void extension(String name, Cbor extensions) {
    for (long key : new long[] {23, 24}) {
      map(name + (key == 23 ? ", critical" : ""), key, extensions, -1, "O6");
    }
  }

  private void extensions() {
    Cbor value = Cbor.of(new byte[1]);
    extension("no entry in the extensions", Cbor.map().build());
    extension("extensions are no map", Cbor.array());
    Cbor.MapBuilder five = Cbor.map();
    for (int i = 0; i < 5; i++) {
      five.put("name " + i, value);
    }
    extension("five extensions", five.build());
    extension("name of 17 characters", Cbor.map().put("a".repeat(17), value).build());
    extension("empty name", Cbor.map().put("", value).build());
    extension("name is a number", Cbor.map().put(1, value).build());
    extension("value of 65 bytes", Cbor.map().put("presence", Cbor.of(new byte[65])).build());
    extension("value is a text", Cbor.map().put("presence", Cbor.of("1")).build());
  }
}

package org.tallystick.evidence;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.TransactionNumber;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.format.Format;
import org.tallystick.keys.BankKeySet;
import org.tallystick.tree.SignedCheckpoint;

/**
 * All that an auditor needs to check one transaction off line.
 *
 * <p>Source: docs/PROTOCOL.md section 12.
 *
 * @param consortium two letters
 * @param keySet COSE_Sign1 by the root
 * @param number transaction number, text
 * @param sides one or two
 * @param bill or null where no party handed it in
 * @param checkpoint of the tree that both sides' lines are in, or null where they are not in it yet
 */
public record EvidenceBundle(
    String consortium,
    byte[] keySet,
    String number,
    List<EvidenceSide> sides,
    byte @Nullable [] bill,
    @Nullable SignedCheckpoint checkpoint) {
  /** Most bytes of a bundle. */
  public static final int MAX_LENGTH = 96 * 1024;

  /** One whose lines are not in the tree yet. */
  public EvidenceBundle(
      String consortium,
      byte[] keySet,
      String number,
      List<EvidenceSide> sides,
      byte @Nullable [] bill) {
    this(consortium, keySet, number, sides, bill, null);
  }

  /** Deterministic CBOR map. */
  public byte[] encode() {
    return Cbor.map()
        .put(1, Cbor.of(Format.VERSION))
        .put(2, Cbor.of(consortium))
        .put(3, Cbor.of(keySet))
        .put(4, Cbor.of(number))
        .put(5, Cbor.array(sides.stream().map(side -> side.toCbor()).toList()))
        .put(6, bill == null ? Cbor.NULL : Cbor.of(bill))
        .putIfPresent(7, checkpoint == null ? null : checkpoint.toCbor())
        .build()
        .encode();
  }

  /** Strict inverse of {@link #encode}. */
  public static EvidenceBundle decode(byte[] bytes) {
    MapReader map = MapReader.of(Cbor.decode(bytes, MAX_LENGTH));
    map.integer(1, Format.VERSION, Format.VERSION);
    String number = map.text(4, 16);
    TransactionNumber.bytes(number); // verifiers print it, so it may hold nothing but a number
    Cbor bill = map.value(6);
    EvidenceBundle bundle =
        new EvidenceBundle(
            map.text(2, 2),
            map.bytes(3, 64, BankKeySet.MAX_LENGTH),
            number,
            map.value(5).asArray().stream().map(EvidenceSide::of).toList(),
            bill.isNull() ? null : bill.asBytes(),
            map.optional(7).map(SignedCheckpoint::of).orElse(null));
    map.end();
    bundle.requireAllOrNone();
    return bundle;
  }

  /** Checkpoint and inclusions go together. */
  private void requireAllOrNone() {
    boolean inTree = checkpoint != null;
    if (sides.stream().anyMatch(side -> (side.inclusion() != null) != inTree)) {
      throw new MalformedInputException("a checkpoint without inclusions, or the other way round");
    }
  }
}

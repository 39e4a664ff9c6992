package org.tallystick.evidence;

import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MapReader;
import org.tallystick.log.LogLine;
import org.tallystick.tree.Inclusion;

/**
 * One party's part of an evidence bundle.
 *
 * @param receipt COSE_Sign1
 * @param half COSE_Sign1
 * @param account clear account field, text
 * @param codeHash 32 bytes
 * @param bindingRecord COSE_Sign1
 * @param line of the device's log
 * @param lineSalt opens the line's commitment, 16 bytes
 * @param details opens the line's commitment
 * @param counterpartySalt opens the receipt's commitment, 16 bytes
 * @param secondReceipt COSE_Sign1 by ML-DSA-65, there exactly in suite HYBRID
 * @param inclusion of the line in the tree of the bundle's checkpoint, or null
 * @param agreement that held for the party, or null: bundles made before it was in them
 */
public record EvidenceSide(
    byte[] receipt,
    byte[] half,
    String account,
    byte[] codeHash,
    byte[] bindingRecord,
    LogLine line,
    byte[] lineSalt,
    byte[] details,
    byte[] counterpartySalt,
    byte @Nullable [] secondReceipt,
    @Nullable Inclusion inclusion,
    @Nullable AgreedUnder agreement) {
  /** Longest binding record, bytes. */
  static final int MAX_BINDING_RECORD = 2048;

  private static final int MAX_SECOND_RECEIPT = 6 * 1024;

  /** One whose line is not in the tree yet, without an agreement. */
  public EvidenceSide(
      byte[] receipt,
      byte[] half,
      String account,
      byte[] codeHash,
      byte[] bindingRecord,
      LogLine line,
      byte[] lineSalt,
      byte[] details,
      byte[] counterpartySalt,
      byte @Nullable [] secondReceipt) {
    this(
        receipt,
        half,
        account,
        codeHash,
        bindingRecord,
        line,
        lineSalt,
        details,
        counterpartySalt,
        secondReceipt,
        null,
        null);
  }

  /** The same, with where its line is in the tree. */
  public EvidenceSide in(@Nullable Inclusion where) {
    return with(where, agreement);
  }

  /** The same, with the agreement that held. */
  public EvidenceSide under(@Nullable AgreedUnder agreed) {
    return with(inclusion, agreed);
  }

  private EvidenceSide with(@Nullable Inclusion where, @Nullable AgreedUnder agreed) {
    return new EvidenceSide(
        receipt,
        half,
        account,
        codeHash,
        bindingRecord,
        line,
        lineSalt,
        details,
        counterpartySalt,
        secondReceipt,
        where,
        agreed);
  }

  Cbor toCbor() {
    return Cbor.map()
        .put(1, Cbor.of(receipt))
        .put(2, Cbor.of(half))
        .put(3, Cbor.of(account))
        .put(4, Cbor.of(codeHash))
        .put(5, Cbor.of(bindingRecord))
        .put(6, line.toCbor())
        .put(7, Cbor.of(lineSalt))
        .put(8, Cbor.of(details))
        .put(9, Cbor.of(counterpartySalt))
        .putIfPresent(10, secondReceipt == null ? null : Cbor.of(secondReceipt))
        .putIfPresent(11, inclusion == null ? null : inclusion.toCbor())
        .putIfPresent(12, agreement == null ? null : agreement.toCbor())
        .build();
  }

  static EvidenceSide of(Cbor item) {
    MapReader map = MapReader.of(item);
    EvidenceSide side =
        new EvidenceSide(
            map.bytes(1, 64, 2048),
            map.bytes(2, 64, 2048),
            map.text(3, 23),
            map.bytes(4, 32),
            map.bytes(5, 64, MAX_BINDING_RECORD),
            LogLine.of(map.value(6)),
            map.bytes(7, 16),
            map.bytes(8, 1, 1024),
            map.bytes(9, 16),
            map.optional(10).isPresent() ? map.bytes(10, 64, MAX_SECOND_RECEIPT) : null,
            map.optional(11).map(Inclusion::of).orElse(null),
            map.optional(12).map(AgreedUnder::of).orElse(null));
    map.end();
    return side;
  }
}

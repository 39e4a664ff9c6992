package org.tallystick.answer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.log.LogLine;

/**
 * The one final answer to one code.
 *
 * <p>Source: docs/PROTOCOL.md section 8; TSE-13.
 *
 * @param deviceId 16 bytes
 * @param epoch of the code
 * @param n of the code
 * @param codeHash 32 bytes
 * @param billHash 32 bytes, zeros where the half could not be read
 * @param outcome how it ended
 * @param reason coarse
 * @param timeMillis bank clock
 * @param number transaction number, text
 * @param receipt COSE_Sign1, or null where there is none (an unreadable half)
 * @param line of the device's log
 * @param aliases fresh ones, 17 bytes each
 * @param presence number that both parties see, 0 to 999, or null; only with APPROVED
 * @param blockedUntilMillis until when halves with a PIN are declined; exactly with BLOCKED
 * @param secondReceipt COSE_Sign1 over the same payload by ML-DSA-65, there with a receipt in suite
 *     HYBRID
 */
public record Answer(
    byte[] deviceId,
    long epoch,
    long n,
    byte[] codeHash,
    byte[] billHash,
    Outcome outcome,
    ReasonClass reason,
    long timeMillis,
    String number,
    byte @Nullable [] receipt,
    LogLine line,
    List<byte[]> aliases,
    @Nullable Integer presence,
    @Nullable Long blockedUntilMillis,
    byte @Nullable [] secondReceipt) {
  /** Highest presence number. */
  public static final int MAX_PRESENCE = 999;

  /** Deterministic CBOR map. */
  public byte[] encode() {
    return Cbor.map()
        .put(1, Cbor.of(deviceId))
        .put(2, Cbor.of(epoch))
        .put(3, Cbor.of(n))
        .put(4, Cbor.of(codeHash))
        .put(5, Cbor.of(billHash))
        .put(6, Cbor.of(outcome.value()))
        .put(7, Cbor.of(reason.value()))
        .put(8, Cbor.of(timeMillis))
        .put(9, Cbor.of(number))
        .put(10, receipt == null ? Cbor.NULL : Cbor.of(receipt))
        .put(11, line.toCbor())
        .put(12, Cbor.array(aliases.stream().map(Cbor::of).toList()))
        .putIfPresent(13, presence == null ? null : Cbor.of(presence))
        .putIfPresent(14, blockedUntilMillis == null ? null : Cbor.of(blockedUntilMillis))
        .putIfPresent(15, secondReceipt == null ? null : Cbor.of(secondReceipt))
        .build()
        .encode();
  }

  /** Strict inverse of {@link #encode}. */
  public static Answer decode(byte[] bytes) {
    MapReader map = MapReader.of(Cbor.decode(bytes));
    Cbor receipt = map.value(10);
    List<byte[]> aliases = new ArrayList<>();
    for (Cbor alias : map.value(12).asArray()) {
      aliases.add(alias.asBytes(17));
    }
    Answer answer =
        new Answer(
            map.bytes(1, 16),
            map.integer(2),
            map.integer(3),
            map.bytes(4, 32),
            map.bytes(5, 32),
            Outcome.of(map.integer(6)),
            ReasonClass.of(map.integer(7)),
            map.integer(8),
            map.text(9, 16),
            receipt.isNull() ? null : receipt.asBytes(),
            LogLine.of(map.value(11)),
            List.copyOf(aliases),
            map.optional(13).isPresent() ? (int) map.integer(13, 0, MAX_PRESENCE) : null,
            map.optional(14).map(Cbor::asLong).orElse(null),
            map.optional(15).map(Cbor::asBytes).orElse(null));
    map.end();
    answer.requireWhereTheyBelong();
    return answer;
  }

  private void requireWhereTheyBelong() {
    boolean presenceFits = presence == null || outcome == Outcome.APPROVED;
    boolean blockFits = (blockedUntilMillis != null) == (reason == ReasonClass.BLOCKED);
    boolean receiptFits = secondReceipt == null || receipt != null;
    if (!presenceFits || !blockFits || !receiptFits) {
      throw new MalformedInputException("member that does not belong into this answer");
    }
  }
}

package org.tallystick.code;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.format.Format;
import org.tallystick.money.Money;

/**
 * The terms that a party signs: enough to show later who agreed to what, and nothing personal.
 *
 * <p>Source: docs/PROTOCOL.md section 5, signed map; TSE-09.
 *
 * @param role payer or payee
 * @param purpose purchase or cancel
 * @param deviceId 16 bytes
 * @param accountIdentifier 16 bytes
 * @param contractId 16 bytes
 * @param epoch of the sequencer
 * @param n sequencer number
 * @param counterparty account identifier, 16 bytes, or null where it is to be confirmed
 * @param billHash 32 bytes
 * @param amount with its currency
 * @param timeMillis by the device's clock
 * @param notAfterMillis after which the bank must refuse it
 * @param verification 0 none, 1 PIN
 * @param prev first 16 bytes of the hash of this device's code before
 * @param logIndex last contiguous log line held
 * @param logHead head after that line, 32 bytes
 * @param privateDigest SHA-256 of the private map
 * @param cancelledN with purpose CANCEL, the number of the payee half
 * @param closed next number of the epoch before when the device went on to this one; null in epoch
 *     0 (S5)
 * @param extensions beyond the fixed fields
 */
public record SignedMap(
    Role role,
    Purpose purpose,
    byte[] deviceId,
    byte[] accountIdentifier,
    byte[] contractId,
    long epoch,
    long n,
    byte @Nullable [] counterparty,
    byte[] billHash,
    Money amount,
    long timeMillis,
    long notAfterMillis,
    int verification,
    byte[] prev,
    long logIndex,
    byte[] logHead,
    byte[] privateDigest,
    @Nullable Long cancelledN,
    @Nullable Long closed,
    Extensions extensions) {
  /** Longest life of a half, milliseconds. */
  public static final long MAX_LIFE_MILLIS = 24 * 3_600_000L;

  /** Deterministic CBOR map. */
  public byte[] encode() {
    return Cbor.map()
        .put(1, Cbor.of(Format.VERSION))
        .put(2, Cbor.of(role.value()))
        .put(3, Cbor.of(purpose.value()))
        .put(4, Cbor.of(deviceId))
        .put(5, Cbor.of(accountIdentifier))
        .put(6, Cbor.of(contractId))
        .put(7, Cbor.of(epoch))
        .put(8, Cbor.of(n))
        .put(9, Cbor.of(n + 1))
        .put(10, counterparty == null ? Cbor.NULL : Cbor.of(counterparty))
        .put(11, Cbor.of(billHash))
        .put(12, Cbor.of(amount.minor()))
        .put(13, Cbor.of(amount.currency()))
        .put(14, Cbor.of(timeMillis))
        .put(15, Cbor.of(notAfterMillis))
        .put(16, Cbor.of(verification))
        .put(17, Cbor.of(prev))
        .put(18, Cbor.of(logIndex))
        .put(19, Cbor.of(logHead))
        .put(20, Cbor.of(privateDigest))
        .putIfPresent(21, cancelledN == null ? null : Cbor.of(cancelledN))
        .putIfPresent(22, closed == null ? null : Cbor.of(closed))
        .putIfPresent(23, Extensions.toCbor(extensions.critical()))
        .putIfPresent(24, Extensions.toCbor(extensions.other()))
        .build()
        .encode();
  }

  /** Strict inverse of {@link #encode}. */
  public static SignedMap decode(byte[] bytes) {
    MapReader map = MapReader.of(Cbor.decode(bytes, 1024));
    map.integer(1, Format.VERSION, Format.VERSION);
    Purpose purpose = Purpose.of(map.integer(3));
    long n = map.integer(8, 0, (1L << 53) - 2);
    Cbor counterparty = map.value(10);
    long time = map.integer(14, 0, Long.MAX_VALUE / 2);
    Optional<Cbor> cancelled = map.optional(21);
    if (cancelled.isPresent() != (purpose == Purpose.CANCEL)) {
      throw new MalformedInputException("cancelled n goes with purpose cancel");
    }
    long epoch = map.integer(7, 0, Integer.MAX_VALUE);
    Optional<Cbor> closed = map.optional(22);
    if (closed.isPresent() != (epoch > 0)) {
      throw new MalformedInputException("closed goes with every epoch but the first");
    }
    SignedMap signed =
        new SignedMap(
            Role.of(map.integer(2)),
            purpose,
            map.bytes(4, 16),
            map.bytes(5, 16),
            map.bytes(6, 16),
            epoch,
            n,
            counterparty.isNull() ? null : counterparty.asBytes(16),
            map.bytes(11, 32),
            Money.of(map.integer(12, 0, Money.MAX_MINOR), map.text(13, 3)),
            time,
            map.integer(15, time, time + MAX_LIFE_MILLIS),
            (int) map.integer(16, 0, 1),
            map.bytes(17, 16),
            map.integer(18, 0, Long.MAX_VALUE),
            map.bytes(19, 32),
            map.bytes(20, 32),
            cancelled.map(Cbor::asLong).orElse(null),
            closed.map(Cbor::asLong).orElse(null),
            new Extensions(extensions(map, 23), extensions(map, 24)));
    map.integer(9, n + 1, n + 1);
    map.end();
    return signed;
  }

  private static SortedMap<String, byte[]> extensions(MapReader map, long key) {
    return map.optional(key).map(Extensions::of).orElseGet(TreeMap::new);
  }
}

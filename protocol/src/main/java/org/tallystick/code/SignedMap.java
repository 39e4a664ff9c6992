package org.tallystick.code;

import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.crypto.Sha256;
import org.tallystick.format.Format;
import org.tallystick.money.Money;

/**
 * The terms that a party signs: enough to show later who agreed to what, and nothing personal.
 *
 * <p>Source: docs/PROTOCOL.md section 5, signed map; TSE-09.
 *
 * @param role payer or payee
 * @param purpose what the half is for
 * @param deviceId 16 bytes; empty in a compact map until {@link #boundTo}
 * @param accountIdentifier 16 bytes; empty in a compact map until {@link #boundTo}
 * @param contractId 16 bytes; empty in a compact map until {@link #boundTo}
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
 * @param logHead head after that line, 32 bytes; in a compact map its first 16
 * @param privateDigest SHA-256 of the private map; in a compact map its first 16 bytes
 * @param cancelledN with purpose CANCEL, the number of the payee half
 * @param closed next number of the epoch before when the device went on to this one; null in epoch
 *     0 (S5)
 * @param extensions beyond the fixed fields
 * @param conditions limits, content hash, consent and terms mode; with purpose PURCHASE alone
 * @param belongsTo exactly with purposes COMPLETE and CHARGE: hash of the code that held the
 *     payee's half of the purchase, 32 bytes
 * @param compact profile for channels that count characters (5.3)
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
    Extensions extensions,
    Conditions conditions,
    byte @Nullable [] belongsTo,
    boolean compact) {
  /** Longest life of a half, milliseconds. */
  public static final long MAX_LIFE_MILLIS = 24 * 3_600_000L;

  /** Bytes of log head and private digest in a compact map. */
  public static final int COMPACT_HASH_LENGTH = 16;

  private static final int COMPACT_PROFILE = 1;

  /** Checks that the additions go with the rest. */
  public SignedMap {
    require(conditions.arePlain() || purpose == Purpose.PURCHASE, "conditions");
    require((belongsTo != null) == purpose.isLaterStep(), "what it belongs to");
    require(belongsTo == null || belongsTo.length == Sha256.LENGTH, "what it belongs to");
    require(!conditions.terms() || role == Role.PAYEE || counterparty == null, "terms mode");
    if (conditions.limits() != null) {
      conditions.limits().requireFits(role, amount.minor(), timeMillis);
    }
    int hashLength = compact ? COMPACT_HASH_LENGTH : Sha256.LENGTH;
    require(logHead.length == hashLength, "log head");
    require(privateDigest.length == hashLength, "digest of the private map");
    require(
        !compact || (conditions.areEmpty() && extensions.isEmpty() && belongsTo == null),
        "what the compact profile leaves out");
  }

  /** Whether what evidence never shows is allowed beside it. */
  void requireGoesWith(PrivateMap secrets) {
    require(!compact || secrets.isCompact(), "private map of the compact profile");
  }

  /** Whether its digest is that of a private map. */
  boolean commitsTo(byte[] privateMap) {
    byte[] digest = Arrays.copyOf(Sha256.of(privateMap), privateDigest.length);
    return Arrays.equals(digest, privateDigest);
  }

  /**
   * The map with the device, account and contract that a compact one leaves out, from the binding
   * record of the device that has signed it; any other says them itself and stays as it is.
   *
   * @param device id, 16 bytes
   * @param account identifier, 16 bytes
   * @param contract id, 16 bytes
   */
  public SignedMap boundTo(byte[] device, byte[] account, byte[] contract) {
    return compact ? with(device, account, contract) : this;
  }

  private SignedMap with(byte[] device, byte[] account, byte[] contract) {
    return new SignedMap(
        role,
        purpose,
        device,
        account,
        contract,
        epoch,
        n,
        counterparty,
        billHash,
        amount,
        timeMillis,
        notAfterMillis,
        verification,
        prev,
        logIndex,
        logHead,
        privateDigest,
        cancelledN,
        closed,
        extensions,
        conditions,
        belongsTo,
        compact);
  }

  /** Deterministic CBOR map. */
  public byte[] encode() {
    return Cbor.map()
        .put(1, Cbor.of(Format.VERSION))
        .put(2, Cbor.of(role.value()))
        .put(3, Cbor.of(purpose.value()))
        .putIfPresent(4, compact ? null : Cbor.of(deviceId))
        .putIfPresent(5, compact ? null : Cbor.of(accountIdentifier))
        .putIfPresent(6, compact ? null : Cbor.of(contractId))
        .put(7, Cbor.of(epoch))
        .put(8, Cbor.of(n))
        .putIfPresent(9, compact ? null : Cbor.of(n + 1))
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
        .putIfPresent(25, conditions.limitsItem())
        .putIfPresent(26, conditions.contentItem())
        .putIfPresent(27, conditions.consentItem())
        .putIfPresent(28, conditions.termsItem())
        .putIfPresent(29, belongsTo == null ? null : Cbor.of(belongsTo))
        .putIfPresent(30, compact ? Cbor.of(COMPACT_PROFILE) : null)
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
    boolean compact = map.optional(30).isPresent();
    if (compact) {
      map.integer(30, COMPACT_PROFILE, COMPACT_PROFILE);
    }
    SignedMap signed =
        new SignedMap(
            Role.of(map.integer(2)),
            purpose,
            compact ? new byte[0] : map.bytes(4, 16),
            compact ? new byte[0] : map.bytes(5, 16),
            compact ? new byte[0] : map.bytes(6, 16),
            epoch,
            n,
            counterparty.isNull() ? null : counterparty.asBytes(16),
            map.bytes(11, 32),
            amount(map.integer(12, 0, Money.MAX_MINOR), map.text(13, 3)),
            time,
            map.integer(15, time, time + MAX_LIFE_MILLIS),
            (int) map.integer(16, 0, 1),
            map.bytes(17, 16),
            map.integer(18, 0, Long.MAX_VALUE),
            map.value(19).asBytes(),
            map.value(20).asBytes(),
            cancelled.map(Cbor::asLong).orElse(null),
            closed.map(Cbor::asLong).orElse(null),
            new Extensions(extensions(map, 23), extensions(map, 24)),
            Conditions.of(map.optional(25), map.optional(26), map.optional(27), map.optional(28)),
            map.optional(29).map(Cbor::asBytes).orElse(null),
            compact);
    if (!compact) {
      map.integer(9, n + 1, n + 1);
    }
    map.end();
    return signed;
  }

  private static SortedMap<String, byte[]> extensions(MapReader map, long key) {
    return map.optional(key).map(Extensions::of).orElseGet(TreeMap::new);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new MalformedInputException("signed map: " + what);
    }
  }

  private static Money amount(long minor, String currency) {
    if (!Money.isCurrency(currency)) {
      throw new MalformedInputException("unknown currency");
    }
    return Money.of(minor, currency);
  }
}

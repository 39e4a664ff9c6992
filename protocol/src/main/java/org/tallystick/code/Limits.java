package org.tallystick.code;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.money.Money;

/**
 * Within what a purchase may go beyond the amount that is asked: a tip, an amount that is held
 * until it is completed, or further charges. At least one of them; a hold and charges never
 * together.
 *
 * <p>Source: docs/PROTOCOL.md section 5, limits.
 *
 * @param tipMinor payee: the highest tip, 1 or more; payer: the tip inside the amount; minor units,
 *     or null
 * @param hold or null
 * @param charges or null
 */
public record Limits(@Nullable Long tipMinor, @Nullable Hold hold, @Nullable Charges charges) {
  private static final long DAY_MILLIS = 24 * 3_600_000L;

  /** Checks that it says something, and not two things that exclude each other. */
  public Limits {
    if (tipMinor == null && hold == null && charges == null) {
      throw new MalformedInputException("limits that say nothing");
    }
    if (hold != null && charges != null) {
      throw new MalformedInputException("a hold and charges exclude each other");
    }
    if (tipMinor != null) {
      require(isAmount(tipMinor), "tip");
    }
  }

  /**
   * An amount that is held and moves when the payee completes.
   *
   * @param limitMinor highest amount, minor units
   * @param untilMillis after which the bank releases it; at most 31 days after the half's time
   */
  public record Hold(long limitMinor, long untilMillis) {
    /** Longest hold, milliseconds. */
    public static final long MAX_MILLIS = 31 * DAY_MILLIS;

    /** Checks the amount. */
    public Hold {
      require(isAmount(limitMinor), "hold limit");
    }

    private static Hold of(Cbor item) {
      var parts = item.asArray(2);
      return new Hold(parts.get(0).asLong(), parts.get(1).asLong());
    }

    private Cbor toCbor() {
      return Cbor.array(Cbor.of(limitMinor), Cbor.of(untilMillis));
    }
  }

  /**
   * Further charges by the payee alone.
   *
   * @param eachMinor highest amount of one, minor units
   * @param count how many, 1 to 120
   * @param intervalMillis least time between two movements, an hour or more
   * @param untilMillis of the last one; at most 400 days after the half's time
   */
  public record Charges(long eachMinor, int count, long intervalMillis, long untilMillis) {
    /** Longest time, milliseconds. */
    public static final long MAX_MILLIS = 400 * DAY_MILLIS;

    /** Most charges. */
    public static final int MAX_COUNT = 120;

    /** Least time between two, milliseconds. */
    public static final long MIN_INTERVAL_MILLIS = 3_600_000L;

    /** Checks the ranges. */
    public Charges {
      require(isAmount(eachMinor) && eachMinor > 0, "amount of a charge");
      require(count >= 1 && count <= MAX_COUNT, "number of charges");
      require(intervalMillis >= MIN_INTERVAL_MILLIS, "interval of charges");
    }

    private static Charges of(Cbor item) {
      var parts = item.asArray(4);
      long count = parts.get(1).asLong();
      require(count <= MAX_COUNT, "number of charges");
      return new Charges(
          parts.get(0).asLong(),
          (int) Math.max(0, count),
          parts.get(2).asLong(),
          parts.get(3).asLong());
    }

    private Cbor toCbor() {
      return Cbor.array(
          Cbor.of(eachMinor), Cbor.of(count), Cbor.of(intervalMillis), Cbor.of(untilMillis));
    }
  }

  /** Limits with a tip alone. */
  public static Limits ofTip(long tipMinor) {
    return new Limits(tipMinor, null, null);
  }

  /** The tip, 0 where there is none, minor units. */
  public long tip() {
    return tipMinor == null ? 0 : tipMinor;
  }

  /** The highest amount that one movement under a half with these limits may have, minor units. */
  public long highest(long amountMinor) {
    long held = hold == null ? 0 : hold.limitMinor();
    long charged = charges == null ? 0 : charges.eachMinor();
    return Math.max(amountMinor, Math.max(held, charged));
  }

  /**
   * Checks them against what they stand beside: a half, or (as the payee's) a bill.
   *
   * @param amountMinor with the tip in it where the payer says so, minor units
   * @param timeMillis when it was made
   * @throws MalformedInputException if they do not fit
   */
  public void requireFits(Role role, long amountMinor, long timeMillis) {
    boolean tipFits =
        tipMinor == null || (role == Role.PAYER ? tipMinor <= amountMinor : tipMinor > 0);
    require(tipFits, "tip");
    if (hold != null) {
      long withoutTip = role == Role.PAYER ? amountMinor - tip() : amountMinor;
      require(hold.limitMinor() >= withoutTip, "hold limit below the amount");
      require(isWithin(hold.untilMillis(), timeMillis, Hold.MAX_MILLIS), "end of the hold");
    }
    if (charges != null) {
      require(isWithin(charges.untilMillis(), timeMillis, Charges.MAX_MILLIS), "end of charges");
    }
  }

  /** L1: a tip is there only where it was asked for, and not above the highest one. */
  public static boolean tipFits(@Nullable Limits payer, @Nullable Limits payee) {
    Long tip = payer == null ? null : payer.tipMinor;
    Long highest = payee == null ? null : payee.tipMinor;
    return tip == null || (highest != null && tip <= highest);
  }

  /** L2: hold and charges are alike in both or absent in both. */
  public static boolean sameBeyondTip(@Nullable Limits payer, @Nullable Limits payee) {
    Hold hold = payer == null ? null : payer.hold;
    Charges charges = payer == null ? null : payer.charges;
    return Objects.equals(hold, payee == null ? null : payee.hold)
        && Objects.equals(charges, payee == null ? null : payee.charges);
  }

  /** The CBOR map. */
  public Cbor toCbor() {
    return Cbor.map()
        .putIfPresent(1, tipMinor == null ? null : Cbor.of(tipMinor))
        .putIfPresent(2, hold == null ? null : hold.toCbor())
        .putIfPresent(3, charges == null ? null : charges.toCbor())
        .build();
  }

  /** Strict inverse of {@link #toCbor}. */
  public static Limits of(Cbor item) {
    MapReader map = MapReader.of(item);
    Optional<Cbor> tip = map.optional(1);
    Limits limits =
        new Limits(
            tip.map(Cbor::asLong).orElse(null),
            map.optional(2).map(Hold::of).orElse(null),
            map.optional(3).map(Charges::of).orElse(null));
    map.end();
    return limits;
  }

  private static boolean isAmount(long minor) {
    return minor >= 0 && minor <= Money.MAX_MINOR;
  }

  private static boolean isWithin(long untilMillis, long timeMillis, long mostMillis) {
    return untilMillis >= timeMillis && untilMillis - timeMillis <= mostMillis;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new MalformedInputException("limits: " + what);
    }
  }
}

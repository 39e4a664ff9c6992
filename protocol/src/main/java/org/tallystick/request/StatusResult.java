package org.tallystick.request;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.tallystick.agreement.AgreementTerms;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.sequencer.NumberAt;

/**
 * How device, sequencer, log and account stand at the bank: what a device compares itself with, and
 * what its owner sees of the other devices.
 *
 * <p>Source: docs/PROTOCOL.md section R, kind 1.
 *
 * @param state of the device that asks: active or suspended
 * @param epoch newest epoch
 * @param next next number there
 * @param logIndex last line of the device's log
 * @param logHead head after it, 32 bytes
 * @param recoveryEpoch of the bank
 * @param keySetVersion of the bank
 * @param numbers what became of the numbers that were asked about
 * @param blockedUntilMillis until when PINs are not looked at, 0 where they are
 * @param devices of the account, newest first, at most 16
 * @param notices made in the newest epoch
 * @param agreement that waits for the party's signature, or null
 */
public record StatusResult(
    DeviceStanding state,
    long epoch,
    long next,
    long logIndex,
    byte[] logHead,
    long recoveryEpoch,
    long keySetVersion,
    List<NumberFate> numbers,
    long blockedUntilMillis,
    List<AccountDevice> devices,
    long notices,
    @Nullable AgreementTerms agreement)
    implements RequestResult {
  /** Most devices told of. */
  public static final int MAX_DEVICES = 16;

  /** Copies the lists and checks the limits. */
  public StatusResult {
    numbers = List.copyOf(numbers);
    devices = List.copyOf(devices);
    if (numbers.size() > RequestArguments.Status.MAX_NUMBERS || devices.size() > MAX_DEVICES) {
      throw new MalformedInputException("over 16 numbers or devices");
    }
  }

  /** How a device stands. */
  public enum DeviceStanding {
    /** May transact. */
    ACTIVE(1),
    /** May only ask how it stands and for its log. */
    SUSPENDED(2),
    /** Ended for good. */
    REVOKED(3);

    private final int value;

    DeviceStanding(int value) {
      this.value = value;
    }

    private static DeviceStanding of(Cbor number) {
      return member(values(), standing -> standing.value, number);
    }
  }

  /** What became of one sequencer number. */
  public enum Fate {
    /** No code has used it. */
    NOT_SEEN(0),
    /** A code of it waits for its final answer. */
    PENDING(1),
    /** The final answer is there to be picked up. */
    FINAL(2);

    private final int value;

    Fate(int value) {
      this.value = value;
    }

    private static Fate of(Cbor number) {
      return member(values(), fate -> fate.value, number);
    }
  }

  /**
   * One number's fate.
   *
   * @param at that was asked about
   * @param fate of it
   */
  public record NumberFate(NumberAt at, Fate fate) {
    private Cbor toCbor() {
      return Cbor.array(Cbor.of(at.epoch()), Cbor.of(at.n()), Cbor.of(fate.value));
    }

    private static NumberFate of(Cbor item) {
      List<Cbor> parts = item.asArray(3);
      return new NumberFate(
          new NumberAt(parts.get(0).asLong(), parts.get(1).asLong()), Fate.of(parts.get(2)));
    }
  }

  /**
   * One device of the account, as its owner may see it.
   *
   * @param deviceId 16 bytes
   * @param state of it
   * @param boundAtMillis bank clock
   * @param countersigned by another device of the account
   * @param limitMinor of each payment while it is new, minor units; 0 for none
   */
  public record AccountDevice(
      byte[] deviceId,
      DeviceStanding state,
      long boundAtMillis,
      boolean countersigned,
      long limitMinor) {
    private Cbor toCbor() {
      return Cbor.array(
          Cbor.of(deviceId),
          Cbor.of(state.value),
          Cbor.of(boundAtMillis),
          Cbor.of(countersigned ? 1 : 0),
          Cbor.of(limitMinor));
    }

    private static AccountDevice of(Cbor item) {
      List<Cbor> parts = item.asArray(5);
      return new AccountDevice(
          parts.get(0).asBytes(16),
          DeviceStanding.of(parts.get(1)),
          parts.get(2).asLong(),
          flag(parts.get(3)),
          parts.get(4).asLong());
    }
  }

  @Override
  public Cbor.Map toCbor() {
    return Cbor.map()
        .put(1, Cbor.of(state.value))
        .put(2, Cbor.of(epoch))
        .put(3, Cbor.of(next))
        .put(4, Cbor.of(logIndex))
        .put(5, Cbor.of(logHead))
        .put(6, Cbor.of(recoveryEpoch))
        .put(7, Cbor.of(keySetVersion))
        .put(8, Cbor.array(numbers.stream().map(NumberFate::toCbor).toList()))
        .put(9, Cbor.of(blockedUntilMillis))
        .put(10, Cbor.array(devices.stream().map(AccountDevice::toCbor).toList()))
        .put(11, Cbor.of(notices))
        .putIfPresent(12, agreement == null ? null : agreement.toCbor())
        .build();
  }

  static StatusResult of(MapReader map) {
    return new StatusResult(
        DeviceStanding.of(map.value(1)),
        map.integer(2, 0, Integer.MAX_VALUE),
        map.integer(3, 0, Long.MAX_VALUE),
        map.integer(4, 0, Long.MAX_VALUE),
        map.bytes(5, 32),
        map.integer(6, 0, Integer.MAX_VALUE),
        map.integer(7, 1, Long.MAX_VALUE),
        list(map.value(8), NumberFate::of),
        map.integer(9, 0, Long.MAX_VALUE),
        list(map.value(10), AccountDevice::of),
        map.integer(11, 0, Integer.MAX_VALUE),
        map.optional(12).map(AgreementTerms::of).orElse(null));
  }

  private static <T> List<T> list(Cbor array, Function<Cbor, T> item) {
    return array.asArray().stream().map(item).toList();
  }

  private static <T> T member(T[] members, ToIntFunction<T> value, Cbor number) {
    return Arrays.stream(members)
        .filter(one -> value.applyAsInt(one) == number.asLong())
        .findFirst()
        .orElseThrow(() -> new MalformedInputException("a number that stands for nothing"));
  }

  private static boolean flag(Cbor number) {
    long value = number.asLong();
    if (value != 0 && value != 1) {
      throw new MalformedInputException("a flag is 0 or 1");
    }
    return value == 1;
  }
}

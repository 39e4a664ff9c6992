package org.tallystick.device.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tallystick.answer.ReasonClass;
import org.tallystick.code.Code;
import org.tallystick.code.DeviceBinding;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.codec.MapReader;
import org.tallystick.crypto.Secret;
import org.tallystick.format.Suite;
import org.tallystick.keys.BankKeySet;
import org.tallystick.log.LogLine;
import org.tallystick.notice.Notice;
import org.tallystick.pin.Level;

/** The strict CBOR inside a state file; its bytes hold secrets and are wiped by who has them. */
final class StateCodec {
  private static final int MAX_BLOB = 16 * 1024;
  private static final int MAX_PRESENCE = 999;
  private static final int MAX_COUNT = 1_000_000_000;

  private StateCodec() {}

  static byte[] encode(DeviceState state) {
    BankPin bank = state.bank();
    HeldKeys keys = state.keys();
    return Cbor.map()
        .put(1, Cbor.of(bank.rootFingerprint()))
        .put(2, Cbor.of(bank.baseUrl()))
        .put(3, keys == null ? Cbor.NULL : encode(keys))
        .put(4, state.pending() == null ? Cbor.NULL : encode(state.pending()))
        .put(5, state.bound() == null ? Cbor.NULL : encode(state.bound()))
        .put(6, Cbor.array(state.outbox().stream().map(OutboxEntry::toCbor).toList()))
        .put(7, Cbor.array(state.finished().stream().map(FinishedEntry::toCbor).toList()))
        .put(
            8,
            Cbor.array(state.notices().stream().map(notice -> Cbor.of(notice.encode())).toList()))
        .putIfPresent(9, state.checkpoints() == null ? null : state.checkpoints().toCbor())
        .put(10, Cbor.array(state.authorities().stream().map(Authority::toCbor).toList()))
        .build()
        .encode();
  }

  /**
   * Strict inverse of {@link #encode}; the key set's signature is checked again.
   *
   * @throws MalformedInputException if the bytes are anything else
   */
  static DeviceState decode(byte[] bytes) {
    MapReader map = MapReader.of(Cbor.decode(bytes, StateFile.MAX_BYTES));
    BankPin bank = new BankPin(map.bytes(1, 32), map.text(2, BankPin.MAX_URL));
    DeviceState state =
        new DeviceState(
            bank,
            orNull(map.value(3), item -> keys(item, bank)),
            orNull(map.value(4), StateCodec::pending),
            orNull(map.value(5), StateCodec::bound),
            map.value(6).asArray().stream().map(StateCodec::outbox).toList(),
            map.value(7).asArray().stream().map(StateCodec::finished).toList(),
            map.value(8).asArray().stream().map(item -> Notice.decode(item.asBytes())).toList(),
            map.optional(9).map(CheckpointShelf::of).orElse(null),
            map.value(10).asArray().stream().map(Authority::of).toList());
    map.end();
    return state;
  }

  static Cbor orNull(byte @Nullable [] bytes) {
    return bytes == null ? Cbor.NULL : Cbor.of(bytes);
  }

  static <T> Cbor written(@Nullable T value, Function<T, Cbor> write) {
    return value == null ? Cbor.NULL : write.apply(value);
  }

  static <T> @Nullable T orNull(Cbor item, Function<Cbor, T> read) {
    return item.isNull() ? null : read.apply(item);
  }

  private static byte @Nullable [] bytesOrNull(Cbor item) {
    return item.isNull() ? null : item.asBytes();
  }

  private static Cbor encode(HeldKeys keys) {
    return Cbor.map()
        .put(1, Cbor.of(keys.root()))
        .put(2, Cbor.of(keys.sign1()))
        .put(3, Cbor.of(keys.set().consortium()))
        .build();
  }

  private static HeldKeys keys(Cbor item, BankPin bank) {
    MapReader map = MapReader.of(item);
    byte[] root = map.bytes(1, 33);
    byte[] sign1 = map.bytes(2, 1, BankKeySet.MAX_LENGTH);
    String consortium = map.text(3, 2);
    map.end();
    try {
      return HeldKeys.verify(root, sign1, bank.rootFingerprint(), consortium);
    } catch (org.tallystick.format.SignatureRefusedException e) {
      throw new MalformedInputException("key set is not signed by the pinned root");
    }
  }

  static Cbor encode(PinMaterial pin) {
    return Cbor.array(
        Cbor.of(pin.salt()), Cbor.of(pin.secret().reveal()), Cbor.of(pin.iterations()));
  }

  static PinMaterial pin(Cbor item) {
    List<Cbor> parts = item.asArray(3);
    long iterations = parts.get(2).asLong();
    if (iterations < 1 || iterations > MAX_COUNT) {
      throw new MalformedInputException("iterations out of range");
    }
    return new PinMaterial(
        parts.get(0).asBytes(16), Secret.adopt(parts.get(1).asBytes(32)), (int) iterations);
  }

  private static Cbor encode(PendingEnrolment pending) {
    PinMaterial pin = pending.pin();
    return Cbor.map()
        .put(1, Cbor.of(pending.offer()))
        .put(2, Cbor.of(pending.activationHash()))
        .put(3, Cbor.of(pending.message1()))
        .put(4, Cbor.of(pending.exported().reveal()))
        .put(5, Cbor.of(pending.bindHash()))
        .put(6, Cbor.of(pending.signingKey().reveal()))
        .put(7, pin == null ? Cbor.NULL : encode(pin))
        .build();
  }

  private static PendingEnrolment pending(Cbor item) {
    MapReader map = MapReader.of(item);
    PendingEnrolment pending =
        new PendingEnrolment(
            map.bytes(1, 1, MAX_BLOB),
            map.bytes(2, 32),
            map.bytes(3, 1, MAX_BLOB),
            Secret.adopt(map.bytes(4, 32)),
            map.bytes(5, 32),
            Secret.adopt(map.bytes(6, 32)),
            orNull(map.value(7), StateCodec::pin));
    map.end();
    return pending;
  }

  private static Cbor encode(Bound bound) {
    return Cbor.map()
        .put(1, encode(bound.identity()))
        .put(2, EpochCodec.encode(bound.sequence()))
        .put(7, Cbor.of(bound.reached()))
        .put(8, Cbor.array(bound.aliases().stream().map(Cbor::of).toList()))
        .put(9, encode(bound.log()))
        .put(10, EpochCodec.encode(bound.epoch()))
        .put(11, orNull(bound.certificate()))
        .put(12, Cbor.of(bound.enrolmentId()))
        .put(13, orNull(bound.confirmation()))
        .put(14, written(bound.pending(), EpochCodec::encode))
        .build();
  }

  private static Bound bound(Cbor item) {
    MapReader map = MapReader.of(item);
    Bound bound =
        new Bound(
            identity(map.value(1)),
            EpochCodec.epoch(map.value(10)),
            EpochCodec.sequence(map.value(2)),
            map.integer(7, 0, Long.MAX_VALUE),
            map.value(8).asArray().stream().map(alias -> alias.asBytes(17)).toList(),
            log(map.value(9)),
            bytesOrNull(map.value(11)),
            map.bytes(12, 16),
            bytesOrNull(map.value(13)),
            orNull(map.value(14), EpochCodec::pending));
    map.end();
    return bound;
  }

  private static Cbor encode(DeviceLog log) {
    return Cbor.array(
        Cbor.of(log.index()),
        Cbor.of(log.head()),
        Cbor.array(
            log.filled().stream()
                .map(one -> Cbor.array(Cbor.of(one.index()), Cbor.of(one.head())))
                .toList()),
        Cbor.of(log.isSettled() ? 1 : 0));
  }

  private static DeviceLog log(Cbor item) {
    List<Cbor> parts = item.asArray(4);
    List<DeviceLog.Filled> filled = new ArrayList<>();
    for (Cbor one : parts.get(2).asArray()) {
      List<Cbor> line = one.asArray(2);
      filled.add(new DeviceLog.Filled(line.get(0).asLong(), line.get(1).asBytes(32)));
    }
    return new DeviceLog(
        parts.get(0).asLong(), parts.get(1).asBytes(32), filled, parts.get(3).asLong() == 1);
  }

  private static Cbor encode(Identity identity) {
    DeviceBinding binding = identity.binding();
    PinMaterial pin = identity.pin();
    return Cbor.map()
        .put(1, Cbor.of(binding.consortium()))
        .put(2, Cbor.of(binding.deviceId()))
        .put(3, Cbor.of(binding.accountIdentifier()))
        .put(4, Cbor.of(binding.contractId()))
        .put(5, Cbor.of(binding.bindingValue()))
        .put(6, Cbor.of(identity.role()))
        .put(7, Cbor.of(identity.profile()))
        .put(8, Cbor.of(identity.contractVersion()))
        .put(9, Cbor.of(identity.contractHash()))
        .put(10, Cbor.of(identity.bindingRecord()))
        .put(11, Cbor.of(identity.signingKey().reveal()))
        .put(12, pin == null ? Cbor.NULL : encode(pin))
        .put(14, binding.suite().toCbor())
        .put(15, levels(identity.levels()))
        .build();
  }

  private static Identity identity(Cbor item) {
    MapReader map = MapReader.of(item);
    Identity identity =
        new Identity(
            new DeviceBinding(
                map.text(1, 2),
                Suite.of(map.integer(14)),
                map.bytes(2, 16),
                map.bytes(3, 16),
                map.bytes(4, 16),
                map.bytes(5, 16)),
            map.text(6, 8),
            (int) map.integer(7, 1, 2),
            map.integer(8),
            map.bytes(9, 32),
            map.bytes(10, 1, MAX_BLOB),
            Secret.adopt(map.bytes(11, 32)),
            orNull(map.value(12), StateCodec::pin),
            levels(map.value(15)));
    map.end();
    return identity;
  }

  private static Cbor levels(Map<Integer, PinMaterial> levels) {
    return Cbor.array(
        levels.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(one -> Cbor.array(Cbor.of(one.getKey()), encode(one.getValue())))
            .toList());
  }

  private static Map<Integer, PinMaterial> levels(Cbor item) {
    Map<Integer, PinMaterial> levels = new HashMap<>();
    for (Cbor one : item.asArray()) {
      List<Cbor> parts = one.asArray(2);
      levels.put(Level.require(parts.get(0).asLong()), pin(parts.get(1)));
    }
    return levels;
  }

  private static OutboxEntry outbox(Cbor item) {
    MapReader map = MapReader.of(item);
    OutboxEntry entry =
        new OutboxEntry(
            map.integer(1, 0, Integer.MAX_VALUE),
            map.integer(2, 0, Long.MAX_VALUE),
            map.text(3, 16),
            Role.of(map.integer(4)),
            Purpose.of(map.integer(5)),
            map.text(6, Code.MAX_LENGTH),
            map.bytes(7, 32),
            map.bytes(8, 1, MAX_BLOB),
            Secret.adopt(map.bytes(9, 32)),
            bytesOrNull(map.value(10)),
            map.integer(11),
            EntryState.of(map.integer(12)),
            bytesOrNull(map.value(13)),
            orNull(map.value(14), text -> text.asText(32)),
            (int) map.integer(15, 0, Level.ALL_BITS));
    map.end();
    return entry;
  }

  private static int presence(Cbor item) {
    long digits = item.asLong();
    if (digits < 0 || digits > MAX_PRESENCE) {
      throw new MalformedInputException("presence number out of range");
    }
    return (int) digits;
  }

  private static FinishedEntry finished(Cbor item) {
    MapReader map = MapReader.of(item);
    FinishedEntry entry =
        new FinishedEntry(
            map.integer(1, 0, Integer.MAX_VALUE),
            map.integer(2, 0, Long.MAX_VALUE),
            map.text(3, 16),
            Role.of(map.integer(4)),
            Purpose.of(map.integer(5)),
            Ending.of(map.integer(6)),
            ReasonClass.of(map.integer(7)),
            bytesOrNull(map.value(8)),
            map.bytes(9, 1, MAX_BLOB),
            map.text(10, 23),
            map.bytes(11, 32),
            bytesOrNull(map.value(12)),
            orNull(map.value(13), LogLine::of),
            map.integer(14),
            orNull(map.value(15), StateCodec::presence),
            bytesOrNull(map.value(16)));
    map.end();
    return entry;
  }
}

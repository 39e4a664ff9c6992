package org.tallystick.enrolment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.DeviceBinding;
import org.tallystick.codec.Cbor;
import org.tallystick.codec.MapReader;
import org.tallystick.crypto.AesGcm;
import org.tallystick.crypto.ConstantTime;
import org.tallystick.crypto.Secret;
import org.tallystick.format.Suite;

/**
 * What the bank gives a device at enrolment.
 *
 * <p>Source: docs/PROTOCOL.md section 3, E4.
 *
 * @param binding identifiers of device and account
 * @param aliases one-time aliases, 17 bytes each
 * @param profile 1 attended, 2 operator session
 * @param bindingRecord COSE_Sign1
 * @param timeMillis bank clock
 * @param certificate provider certificate, or null for a user
 * @param recoveryEpoch of the bank
 */
public record BindReply(
    DeviceBinding binding,
    List<byte[]> aliases,
    int profile,
    byte[] bindingRecord,
    long timeMillis,
    byte @Nullable [] certificate,
    long recoveryEpoch) {
  /** How many aliases a device gets. */
  public static final int ALIASES = 32;

  /** Profile of a device that a person holds. */
  public static final int ATTENDED = 1;

  /** Profile of a till with an operator session. */
  public static final int OPERATOR = 2;

  /** message2 = cbor[bank nonce, sealed]. */
  public byte[] seal(EnrolmentSecrets secrets, byte[] bankNonce) {
    byte[] plaintext =
        Cbor.map()
            .put(1, Cbor.of(binding.deviceId()))
            .put(2, Cbor.of(binding.accountIdentifier()))
            .put(3, Cbor.of(binding.contractId()))
            .put(4, Cbor.of(binding.bindingValue()))
            .put(5, Cbor.array(aliases.stream().map(Cbor::of).toList()))
            .put(6, Cbor.of(profile))
            .put(7, Cbor.of(bindingRecord))
            .put(8, Cbor.of(timeMillis))
            .put(9, Cbor.of(secrets.bankConfirmation()))
            .put(10, certificate == null ? Cbor.NULL : Cbor.of(certificate))
            .put(11, binding.suite().toCbor())
            .put(12, Cbor.of(recoveryEpoch))
            .build()
            .encode();
    try (Secret key = secrets.replyKey()) {
      byte[] sealed = AesGcm.seal(key.reveal(), secrets.replyIv(), secrets.transcript(), plaintext);
      return Cbor.array(Cbor.of(bankNonce), Cbor.of(sealed)).encode();
    }
  }

  /** The bank's nonce in message2, 32 bytes. */
  public static byte[] bankNonce(byte[] message2) {
    return Cbor.decode(message2).asArray(2).get(0).asBytes(32);
  }

  /** Opens message2; empty where it is not the bank's answer to this exchange. */
  public static Optional<BindReply> open(
      byte[] message2, EnrolmentSecrets secrets, String consortium) {
    byte[] sealed = Cbor.decode(message2).asArray(2).get(1).asBytes();
    try (Secret key = secrets.replyKey()) {
      return AesGcm.open(key.reveal(), secrets.replyIv(), secrets.transcript(), sealed)
          .flatMap(plain -> read(plain, secrets, consortium));
    }
  }

  private static Optional<BindReply> read(
      byte[] plaintext, EnrolmentSecrets secrets, String consortium) {
    MapReader map = MapReader.of(Cbor.decode(plaintext));
    List<byte[]> aliases = new ArrayList<>();
    for (Cbor alias : map.value(5).asArray()) {
      aliases.add(alias.asBytes(17));
    }
    Cbor certificate = map.value(10);
    boolean confirmed =
        ConstantTime.equal(map.bytes(9, 32), secrets.bankConfirmation())
            && map.integer(11) == secrets.suite().value();
    BindReply reply =
        new BindReply(
            new DeviceBinding(
                consortium,
                Suite.of(map.integer(11)),
                map.bytes(1, 16),
                map.bytes(2, 16),
                map.bytes(3, 16),
                map.bytes(4, 16)),
            List.copyOf(aliases),
            (int) map.integer(6, ATTENDED, OPERATOR),
            map.bytes(7, 64, 2048),
            map.integer(8),
            certificate.isNull() ? null : certificate.asBytes(),
            map.integer(12, 0, Integer.MAX_VALUE));
    map.end();
    return confirmed ? Optional.of(reply) : Optional.empty();
  }

  @Override
  public String toString() {
    return "BindReply[...]";
  }
}

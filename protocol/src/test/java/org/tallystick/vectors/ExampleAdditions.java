package org.tallystick.vectors;

import java.util.List;
import java.util.Map;
import org.tallystick.code.Conditions;
import org.tallystick.code.Extensions;
import org.tallystick.code.HalfOptions;
import org.tallystick.code.HalfTerms;
import org.tallystick.code.Limits;
import org.tallystick.codec.Cbor;
import org.tallystick.crypto.Hkdf;
import org.tallystick.crypto.Secret;
import org.tallystick.log.LogLine;
import org.tallystick.money.Money;
import org.tallystick.pin.PinVerifier;
import org.tallystick.sequencer.OneTimeKeys;

/**
 * What the payer of the worked example does next: a half with all conditions, a level PIN and a
 * progress message, and one in the compact profile. Sections 5, 5.3, 7 and 8.1.
 */
final class ExampleAdditions {
  static final int LEVEL = 2;

  final ExampleHalf half;
  final ExampleHalf compact;
  final ExampleProgress progress;
  final PinVerifier levelPin = PinVerifier.ofBytes(Fixed.bytes("V of level 2", 32));

  ExampleAdditions(ExampleRekey rekey) {
    String name = rekey.party.name;
    LogLine held = rekey.notice().line();
    half =
        new ExampleHalf(
            name + " conditions",
            rekey.party,
            rekey.first.sealed.next(),
            terms(rekey, held, "123456789ABCDEFG", "hausbank")
                .with(Extensions.of("progress", new byte[] {1}))
                .with(
                    new Conditions(
                        Limits.ofTip(300),
                        Fixed.bytes(name + " content hash", 32),
                        Conditions.OF_AGE | Conditions.DELIVERY_ADDRESS,
                        false))
                .with(new HalfOptions(null, "KD-4711", Map.of(LEVEL, levelPin), false)),
            rekey.result.aliases().get(1));
    compact =
        new ExampleHalf(
            name + " compact",
            rekey.party,
            half.sealed.next(),
            terms(rekey, held, "23456789ABCDEFGH", "Spar Üx").with(HalfOptions.COMPACT),
            rekey.result.aliases().get(2));
    progress = new ExampleProgress(half, rekey.payment.bank, 1);
  }

  private static HalfTerms terms(
      ExampleRekey rekey, LogLine held, String number, String shorthand) {
    HalfTerms before = rekey.first.terms;
    return new HalfTerms(
        before.role(),
        before.purpose(),
        number,
        Fixed.bytes(rekey.party.name + " bill hash of " + number, 32),
        Money.of(2_300, "CHF"),
        before.counterparty(),
        before.notAfterMillis(),
        shorthand,
        rekey.party.pin,
        null,
        held.index(),
        held.head());
  }

  List<Vector> vectors() {
    return List.of(
        half.vector("the payer's code with conditions and a level PIN"),
        level("the payer's PIN of level 2", half, LEVEL, levelPin),
        progress.vector("waiting for the other half"),
        compact.vector("the payer's compact code").integer("length", compact.sealed.text().length()));
  }

  /** Section 7, level PINs. */
  static Vector level(String name, ExampleHalf half, int level, PinVerifier pin) {
    byte[] device = half.party.binding.deviceId();
    int role = half.terms.role().value();
    try (OneTimeKeys keys = half.keys();
        Secret pinKey = keys.pinKey()) {
      byte[] prk = Hkdf.extract(pinKey.reveal(), pin.toBytes());
      byte[] info = Cbor.array(Cbor.of("level pin proof"), Cbor.of(level)).encode();
      byte[] context =
          Cbor.array(
                  Cbor.of("pin"),
                  Cbor.of(device),
                  Cbor.of(keys.epoch()),
                  Cbor.of(keys.n()),
                  Cbor.of(role),
                  Cbor.of(half.terms.billHash()))
              .encode();
      return Vector.of("level-pin", name)
          .integer("level", level)
          .hex("v", pin.toBytes())
          .hex("pinKey", pinKey.reveal())
          .hex("deviceId", device)
          .integer("epoch", keys.epoch())
          .integer("n", keys.n())
          .integer("role", role)
          .hex("billHash", half.terms.billHash())
          .hex("proofKey", Hkdf.expand(prk, info, 32))
          .hex("context", context)
          .hex(
              "proof",
              pin.levelProof(
                  pinKey, level, device, keys.epoch(), keys.n(), role, half.terms.billHash()));
    }
  }
}

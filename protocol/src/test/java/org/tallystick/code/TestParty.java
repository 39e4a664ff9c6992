package org.tallystick.code;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.tallystick.alias.AliasKey;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.Suite;
import org.tallystick.money.Money;
import org.tallystick.pin.PinVerifier;
import org.tallystick.sequencer.SequencerState;

/** A device and the bank's view of it, for tests of this package. */
final class TestParty implements ConsumedCodes {
  static final long NOW = 1_790_000_000_000L;
  static final byte[] BILL = new byte[32];

  final SecureRandom random = new SecureRandom();
  final AliasKey aliasKey = new AliasKey(1, Secret.random(random, 32));
  final SigningKey key = SigningKey.generate(random);
  final DeviceBinding binding =
      new DeviceBinding("TL", Suite.CLASSIC, bytes(16), bytes(16), bytes(16), bytes(16));
  final PinVerifier pin =
      PinVerifier.ofPin("2468".toCharArray(), Secret.random(random, 32), bytes(16), 1);
  final Role role;
  DeviceSequence device;
  SequencerState bank;
  final Map<Long, Consumed> used = new HashMap<>();
  final HalfSealer sealer = new HalfSealer(binding, key, random);

  TestParty(Role role) {
    this.role = role;
    Secret string1 = Secret.random(random, 32);
    Secret string2 = Secret.random(random, 32);
    device = DeviceSequence.initial(77, string1, string2);
    bank = SequencerState.initial(Suite.CLASSIC, binding.deviceId(), 77, string1, string2);
  }

  byte[] bytes(int length) {
    byte[] b = new byte[length];
    random.nextBytes(b);
    return b;
  }

  HalfTerms terms() {
    return new HalfTerms(
        role,
        Purpose.PURCHASE,
        role == Role.PAYEE ? device.number(binding) : "0123456789ABCDEF",
        BILL,
        Money.of(21382, "USD"),
        null,
        NOW + 300_000,
        role == Role.PAYER ? "Account 1" : null,
        role == Role.PAYER ? pin : null,
        null,
        0,
        new byte[32]);
  }

  SealedHalf seal() {
    return seal(terms());
  }

  SealedHalf seal(HalfTerms terms) {
    SealedHalf half = sealer.seal(device, terms, aliasKey.alias(5, random), NOW);
    device = half.next();
    return half;
  }

  OpenResult open(String text) {
    return new CodeOpener(key.verificationKey(), bank, this)
        .open(Code.parse(text), NOW, NOW + 86_400_000);
  }

  /** Opens and remembers, as the bank's first stage does. */
  OpenedHalf accept(String text) {
    OpenResult.Opened opened = (OpenResult.Opened) open(text);
    OpenedHalf half = opened.half();
    bank = opened.next();
    used.put(
        half.signed().n(),
        new Consumed(half.codeHash(), half.signed().prev(), half.code().number()));
    return half;
  }

  HalfCheck.Sender sender() {
    return new HalfCheck.Sender(binding, role, true, true, pin);
  }

  @Override
  public Optional<Consumed> byNumber(long epoch, long n) {
    return epoch == 0 ? Optional.ofNullable(used.get(n)) : Optional.empty();
  }

  @Override
  public Optional<Long> byHash(byte[] codeHash) {
    return used.entrySet().stream()
        .filter(e -> java.util.Arrays.equals(e.getValue().codeHash(), codeHash))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}

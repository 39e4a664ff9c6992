package org.tallystick.code;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tallystick.alias.AliasKey;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.Suite;
import org.tallystick.money.Money;
import org.tallystick.pin.PinVerifier;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.EpochSecrets;
import org.tallystick.sequencer.NumberAt;

/** A device and the bank's view of it, for tests of this package. */
final class TestParty implements ConsumedCodes, LogHeads {
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
  DeviceEpochs bank;
  long recoveryEpoch;
  final Map<NumberAt, Consumed> used = new HashMap<>();
  final List<byte[]> heads = new ArrayList<>(List.of(new byte[32]));
  final HalfSealer sealer = new HalfSealer(binding, key, random);

  TestParty(Role role) {
    this.role = role;
    EpochSecrets secrets = secrets(77);
    device = DeviceSequence.initial(77, secrets.string1(), secrets.string2());
    bank = DeviceEpochs.enrolled(Suite.CLASSIC, binding.deviceId(), secrets, 0, NOW);
  }

  EpochSecrets secrets(long first) {
    return new EpochSecrets(
        first,
        Secret.random(random, 32),
        Secret.random(random, 32),
        Secret.random(random, 32),
        Secret.random(random, 32));
  }

  /** Both sides go on to a fresh epoch, as after a rekey whose reply has come. */
  EpochSecrets rekey(long epoch, long first) {
    EpochSecrets secrets = secrets(first);
    device = device.rekeyed(epoch, secrets);
    bank = rekeyed(epoch, secrets);
    return secrets;
  }

  DeviceEpochs rekeyed(long epoch, EpochSecrets secrets) {
    return bank.rekeyed(epoch, secrets, bytes(32), recoveryEpoch, List.of(), NOW, NOW + 86_400_000);
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
    return new CodeOpener(key.verificationKey(), bank, this, this, recoveryEpoch)
        .open(Code.parse(text), NOW, NOW + 86_400_000);
  }

  /** Opens and remembers, as the bank's first stage does. */
  OpenedHalf accept(String text) {
    OpenResult.Opened opened = (OpenResult.Opened) open(text);
    OpenedHalf half = opened.half();
    bank = opened.next();
    used.put(
        new NumberAt(half.signed().epoch(), half.signed().n()),
        new Consumed(half.codeHash(), half.signed().prev(), half.code().number()));
    return half;
  }

  HalfCheck.Sender sender() {
    return new HalfCheck.Sender(binding, role, true, true, pin);
  }

  @Override
  public Optional<Consumed> byNumber(long epoch, long n) {
    return Optional.ofNullable(used.get(new NumberAt(epoch, n)));
  }

  @Override
  public Optional<byte[]> headAt(long index) {
    return index < heads.size() ? Optional.of(heads.get((int) index)) : Optional.empty();
  }
}

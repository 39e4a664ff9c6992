package org.tallystick.bench.crypto;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.tallystick.alias.AliasKey;
import org.tallystick.code.Code;
import org.tallystick.code.CodeOpener;
import org.tallystick.code.ConsumedCodes;
import org.tallystick.code.DeviceBinding;
import org.tallystick.code.DeviceSequence;
import org.tallystick.code.HalfCheck;
import org.tallystick.code.HalfSealer;
import org.tallystick.code.HalfTerms;
import org.tallystick.code.LogHeads;
import org.tallystick.code.OpenResult;
import org.tallystick.code.OpenedHalf;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.code.SealedHalf;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.SignatureKey;
import org.tallystick.crypto.Signer;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.Suite;
import org.tallystick.money.Money;
import org.tallystick.pin.PinVerifier;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.EpochSecrets;

/**
 * A payer's half with a PIN, sealed and opened over and over from the same two states.
 *
 * <p>Sealing is the device's work for one code: keys, PIN proof (V is there already), both maps,
 * signature, encryption, text, next state. Opening is the bank's: O1 to O12, next state. Storing,
 * sending and drawing randomness are left out.
 */
final class Purchase implements ConsumedCodes, LogHeads {
  static final String CONSORTIUM = "TL";
  static final String NUMBER = "0123456789ABCDEF";
  static final long N = 123_456_789_012L;
  static final byte[] BILL_HASH = bytes(32);

  private static final long NOW_MILLIS = 1_790_000_000_000L;
  private static final long DAY_MILLIS = 86_400_000L;
  private static final long DEVICE_INDEX = 4711;

  private final DeviceBinding binding =
      new DeviceBinding(CONSORTIUM, Suite.CLASSIC, bytes(16), bytes(16), bytes(16), bytes(16));
  private final AliasKey aliasKey = new AliasKey(1, Secret.adopt(bytes(32)));
  private final byte[] alias = aliasKey.alias(DEVICE_INDEX, new FixedRandom());
  private final EpochSecrets secrets = new EpochSecrets(N, secret(), secret(), secret(), secret());
  private final DeviceSequence device =
      DeviceSequence.initial(N, secrets.string1(), secrets.string2());
  private final PinVerifier pin = PinVerifier.ofBytes(bytes(32));
  private final HalfCheck.Sender sender =
      new HalfCheck.Sender(binding, Role.PAYER, true, true, pin);
  private final HalfTerms terms =
      new HalfTerms(
          Role.PAYER,
          Purpose.PURCHASE,
          NUMBER,
          BILL_HASH,
          Money.of(21_382, "USD"),
          bytes(16),
          NOW_MILLIS + 300_000,
          "Account 1",
          pin,
          null,
          41,
          bytes(32));
  private final HalfSealer sealer;
  private final CodeOpener opener;

  private Purchase(Signer signer, SignatureKey verifier) {
    sealer = new HalfSealer(binding, signer, new FixedRandom());
    DeviceEpochs bank =
        DeviceEpochs.enrolled(binding.suite(), binding.deviceId(), secrets, 0, NOW_MILLIS);
    opener = new CodeOpener(verifier, bank, this, this, 0);
  }

  /** With real signatures, or with none. */
  static Purchase of(boolean signed) {
    SigningKey key = SigningKey.ofScalar(bytes(32));
    NoSignature none = new NoSignature(key.verificationKey());
    return signed ? new Purchase(key, key.verificationKey()) : new Purchase(none, none);
  }

  private static Secret secret() {
    return Secret.adopt(bytes(32));
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  byte[] deviceId() {
    return binding.deviceId();
  }

  SealedHalf seal() {
    return sealer.seal(device, terms, alias, NOW_MILLIS);
  }

  /**
   * Opens a code as the bank does.
   *
   * @throws IllegalStateException if it is not found good
   */
  OpenedHalf open(String text) {
    Code code = Code.parse(text); // O1
    boolean known = aliasKey.deviceIndex(code.alias()).filter(i -> i == DEVICE_INDEX).isPresent();
    if (!known || used(code.hash())) { // O2, O3
      throw new IllegalStateException("dropped");
    }
    OpenResult result = opener.open(code, NOW_MILLIS, NOW_MILLIS + DAY_MILLIS); // O4 to O9
    if (result instanceof OpenResult.Opened opened
        && HalfCheck.check(opened.half(), sender, NOW_MILLIS).isEmpty()) { // O10 to O12
      return opened.half();
    }
    throw new IllegalStateException("not opened");
  }

  private boolean used(byte[] codeHash) {
    return Arrays.equals(codeHash, BILL_HASH);
  }

  @Override
  public Optional<Consumed> byNumber(long epoch, long n) {
    return n == N - 1
        ? Optional.of(new Consumed(device.prev(), device.prev(), NUMBER))
        : Optional.empty();
  }

  @Override
  public Optional<byte[]> headAt(long index) {
    return Optional.of(terms.logHead());
  }
}

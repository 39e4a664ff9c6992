package org.tallystick.code;

import java.util.Arrays;
import java.util.Optional;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.cose.CoseSign1;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.SignatureKey;
import org.tallystick.format.Format;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.Epoch;
import org.tallystick.sequencer.NumberAt;
import org.tallystick.sequencer.OneTimeKeys;

/**
 * Opens a code with the duplicate sequencer: steps O4 to O9c, each in its place. Pure: it neither
 * stores nor sends. The caller has parsed (O1), found the device (O2) and looked for the code among
 * the consumed ones (O3), and holds the device's lock.
 *
 * <p>Source: docs/PROTOCOL.md section 5.2.
 */
public final class CodeOpener {
  private final SignatureKey deviceKey;
  private final DeviceEpochs epochs;
  private final CodeHistory history;
  private final ConsumedCodes consumed;
  private final long recoveryEpoch;

  /**
   * @param deviceKey as bound at enrolment
   * @param epochs of the device's duplicate sequencer
   * @param consumed numbers used up
   * @param log heads of the device's log
   * @param recoveryEpoch of the bank
   */
  public CodeOpener(
      SignatureKey deviceKey,
      DeviceEpochs epochs,
      ConsumedCodes consumed,
      LogHeads log,
      long recoveryEpoch) {
    this.deviceKey = deviceKey;
    this.epochs = epochs;
    this.history = new CodeHistory(epochs, consumed, log);
    this.consumed = consumed;
    this.recoveryEpoch = recoveryEpoch;
  }

  /** A rule of opening that an authentic ciphertext broke. */
  private static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    private final String step;

    Broken(String step) {
      super(step);
      this.step = step;
    }
  }

  /**
   * Opens one code.
   *
   * @param nowMillis bank clock
   * @param skippedUntilMillis until when numbers passed over stay open
   */
  public OpenResult open(Code code, long nowMillis, long skippedUntilMillis) {
    if (code.suite() != epochs.suite()) {
      return new OpenResult.Dropped("O4");
    }
    Optional<OneTimeKeys> found = epochs.find(code.hint(), nowMillis);
    if (found.isEmpty()) {
      return new OpenResult.Dropped("O4");
    }
    try (OneTimeKeys keys = found.get()) {
      Optional<byte[]> plaintext = code.open(keys);
      if (plaintext.isEmpty()) {
        return new OpenResult.Dropped("O5");
      }
      NumberAt at = new NumberAt(keys.epoch(), keys.n());
      boolean outdated = epochs.recoveryEpoch(at) < recoveryEpoch;
      DeviceEpochs next = epochs.used(keys, nowMillis, skippedUntilMillis);
      try {
        OpenedHalf half = read(code, keys, plaintext.get());
        require(history.fits(half.signed(), half.codeHash()), "O9");
        require(outdated || history.logFits(half.signed()), "O9b");
        if (history.closes(half.signed())) {
          next = next.closed(history.closed(half.signed()), nowMillis, skippedUntilMillis);
        }
        return outdated // O9c
            ? new OpenResult.RekeyFirst(half, next)
            : new OpenResult.Opened(half, next);
      } catch (Broken broken) {
        return new OpenResult.Compromised(broken.step, at, code.hash(), keys.replyRoot(), next);
      }
    }
  }

  private OpenedHalf read(Code code, OneTimeKeys keys, byte[] plaintext) throws Broken {
    Code.Content content;
    CoseSign1 half;
    SignedMap signed;
    PrivateMap privateMap;
    try {
      content = Code.Content.decode(plaintext); // O6
      half = CoseSign1.decode(content.half());
      signed = SignedMap.decode(half.payload());
      privateMap = PrivateMap.decode(content.privateMap());
      signed.requireGoesWith(privateMap);
    } catch (MalformedInputException malformed) {
      throw new Broken("O6");
    }
    byte[] aad =
        Format.aad("half", epochs.suite(), code.consortium(), code.number(), code.account());
    require(half.verify(deviceKey, Format.typ("half"), aad), "O7");
    require(
        signed.compact() || Arrays.equals(signed.deviceId(), epochs.deviceId()),
        "O8"); // a compact map leaves the device out: the key of O7 is bound to this one alone
    require(signed.epoch() == keys.epoch() && signed.n() == keys.n(), "O8");
    require(signed.commitsTo(content.privateMap()), "O8");
    Long cancelled = signed.cancelledN();
    require(cancelled == null || signed.role() == Role.PAYEE, "O8");
    require(cancelled == null || cancelFits(code, signed, cancelled), "O8");
    boolean laterStep = signed.purpose().isLaterStep(); // O8c
    require(!laterStep || signed.role() == Role.PAYEE, "O8");
    boolean numberIsOwn =
        signed.role() == Role.PAYER
            || cancelled != null
            || laterStep
            || TransactionNumber.text(keys.number()).equals(code.number()); // else O8b
    Secret pinKey = keys.pinKey();
    return new OpenedHalf(
        code,
        signed,
        privateMap,
        content.half(),
        code.hash(),
        keys.replyRoot(),
        pinKey,
        numberIsOwn);
  }

  /**
   * A cancelled n of the own or the older epoch lies before the cancel, and stood under the same
   * transaction number. Where the bank does not know, P6 asks for the half itself in the slot.
   */
  private boolean cancelFits(Code code, SignedMap signed, long cancelled) {
    Optional<Epoch> own = epochs.epoch(signed.epoch()).filter(epoch -> epoch.has(cancelled));
    if (own.isPresent() && cancelled >= signed.n()) {
      return false;
    }
    Epoch older = epochs.older();
    Optional<Epoch> in =
        own.or(() -> Optional.ofNullable(older).filter(epoch -> epoch.has(cancelled)));
    return in.flatMap(epoch -> consumed.byNumber(epoch.number(), cancelled))
        .map(used -> used.number().equals(code.number()))
        .orElse(true);
  }

  private static void require(boolean holds, String step) throws Broken {
    if (!holds) {
      throw new Broken(step);
    }
  }
}

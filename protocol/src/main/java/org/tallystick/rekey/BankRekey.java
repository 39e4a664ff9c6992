package org.tallystick.rekey;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.DeviceSequence;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.EcdhKey;
import org.tallystick.crypto.MlKemKey;
import org.tallystick.crypto.Secret;
import org.tallystick.format.Suite;
import org.tallystick.request.OpenedRequest;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestStatus;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.Epoch;
import org.tallystick.sequencer.EpochRoot;
import org.tallystick.sequencer.EpochSecrets;

/**
 * The bank's side of a rekey. Pure: the caller has opened the request (R4, R5), found its challenge
 * good (R6), holds the device's lock, and stores the outcome with the reply in one transaction. A
 * request that came before is answered from the store (R3) and never comes here.
 *
 * <p>Source: docs/PROTOCOL.md section R.2.
 */
public final class BankRekey {
  /** Rekeys that were not due, in a day, that a device may have. */
  public static final int MAX_UNDUE = 3;

  private static final long DAY_MILLIS = 24 * 3_600_000L;

  private final SecureRandom random;

  /**
   * @param random for ephemeral keys
   */
  public BankRekey(SecureRandom random) {
    this.random = random;
  }

  /**
   * Decides on one rekey.
   *
   * @param epochs of the device
   * @param asked in the request
   * @param recoveryEpoch of the bank
   * @param skippedUntilMillis until when numbers passed over stay open
   */
  public RekeyOutcome rekey(
      DeviceEpochs epochs,
      OpenedRequest request,
      RequestArguments.Rekey asked,
      long recoveryEpoch,
      long nowMillis,
      long skippedUntilMillis) {
    Epoch base = epochs.newest();
    if (request.body().epoch() != base.number()) {
      return new RekeyOutcome.Suspended(RekeyOutcome.Why.CONFLICT); // that epoch was rekeyed from
    }
    if (asked.epoch() <= base.number()) {
      return new RekeyOutcome.Refused(RequestStatus.NOT_PERMITTED);
    }
    if ((asked.encapsulationKey() != null) != (epochs.suite() == Suite.HYBRID)) {
      return new RekeyOutcome.Refused(RequestStatus.ARGUMENTS_REFUSED);
    }
    List<Long> undue = new ArrayList<>(epochs.undueMillis());
    undue.removeIf(time -> time <= nowMillis - DAY_MILLIS);
    if (!isDue(base, asked.next(), recoveryEpoch, nowMillis)) {
      if (undue.size() >= MAX_UNDUE) {
        return new RekeyOutcome.Suspended(RekeyOutcome.Why.TOO_OFTEN);
      }
      undue.add(nowMillis);
    }
    try (Agreed agreed = agree(epochs, base.epochRoot(), request.replyTo().requestHash(), asked)) {
      DeviceEpochs next =
          epochs.rekeyed(
              asked.epoch(),
              agreed.secrets,
              request.replyTo().requestHash(),
              recoveryEpoch,
              undue,
              nowMillis,
              skippedUntilMillis);
      return new RekeyOutcome.Granted(
          next, agreed.bankKey, agreed.ciphertext, recoveryEpoch, epochs.notices().made());
    } catch (MalformedInputException notOnTheCurve) {
      return new RekeyOutcome.Refused(RequestStatus.ARGUMENTS_REFUSED);
    }
  }

  /** Whether a device that did nothing wrong rekeys now. */
  private static boolean isDue(Epoch base, long next, long recoveryEpoch, long nowMillis) {
    return Math.max(base.next(), next) - base.first() >= DeviceSequence.REKEY_AFTER_NUMBERS
        || nowMillis - base.startedAtMillis() >= DeviceSequence.REKEY_AFTER_MILLIS
        || base.recoveryEpoch() < recoveryEpoch;
  }

  /** The bank's end of the agreement. */
  private record Agreed(EpochSecrets secrets, byte[] bankKey, byte @Nullable [] ciphertext)
      implements AutoCloseable {
    @Override
    public void close() {
      secrets.close();
    }
  }

  private Agreed agree(
      DeviceEpochs epochs, EpochRoot root, byte[] requestHash, RequestArguments.Rekey asked) {
    try (EcdhKey own = EcdhKey.generate(random);
        Secret agreed = Secret.adopt(own.agreeCompressed(asked.ephemeralKey()))) {
      byte[] bankKey = own.compressedPoint();
      byte[] encapsulationKey = asked.encapsulationKey();
      if (encapsulationKey == null) {
        RekeySchedule schedule =
            new RekeySchedule(
                epochs.suite(), epochs.deviceId(), asked.epoch(), requestHash, bankKey, null);
        return new Agreed(schedule.derive(root, agreed, null), bankKey, null);
      }
      MlKemKey.Encapsulated made = MlKemKey.encapsulate(encapsulationKey, random);
      try (Secret encapsulated = made.secret()) {
        byte[] ciphertext = made.ciphertext();
        RekeySchedule schedule =
            new RekeySchedule(
                epochs.suite(), epochs.deviceId(), asked.epoch(), requestHash, bankKey, ciphertext);
        return new Agreed(schedule.derive(root, agreed, encapsulated), bankKey, ciphertext);
      }
    }
  }
}

package org.tallystick.rekey;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tallystick.request.RequestResult;
import org.tallystick.request.RequestStatus;
import org.tallystick.sequencer.DeviceEpochs;

/**
 * What the bank makes of a rekey.
 *
 * <p>Source: docs/PROTOCOL.md section R.2.
 */
public sealed interface RekeyOutcome {
  /**
   * There is a fresh epoch.
   *
   * @param next sequencer state to store
   * @param ephemeralKey of the bank, P-256 compressed, 33 bytes
   * @param ciphertext ML-KEM-768, 1,088 bytes, in suite 2; else null
   * @param recoveryEpoch of the bank
   * @param notices made in the epoch before
   */
  record Granted(
      DeviceEpochs next,
      byte[] ephemeralKey,
      byte @Nullable [] ciphertext,
      long recoveryEpoch,
      long notices)
      implements RekeyOutcome {
    /** What the reply says, with fresh aliases. */
    public RequestResult.Rekey result(List<byte[]> aliases) {
      return new RequestResult.Rekey(
          ephemeralKey, ciphertext, next.newest().number(), recoveryEpoch, aliases, notices);
    }
  }

  /**
   * Nothing changes.
   *
   * @param status that the device hears
   */
  record Refused(RequestStatus status) implements RekeyOutcome {}

  /**
   * There may be two copies of the device: it is to be suspended, and hears that it is not
   * permitted.
   *
   * @param why exactly, for the log
   */
  record Suspended(Why why) implements RekeyOutcome {}

  /** Why a rekey suspends its device. */
  enum Why {
    /** Another rekey came from the same epoch. */
    CONFLICT,
    /** More rekeys that were not due than a day may have. */
    TOO_OFTEN
  }
}

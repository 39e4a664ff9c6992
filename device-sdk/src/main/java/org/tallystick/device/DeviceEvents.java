package org.tallystick.device;

import org.tallystick.agreement.AgreementTerms;
import org.tallystick.answer.Progress;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.notice.Notice;
import org.tallystick.receipt.Receipt;

/**
 * What a user interface may want to hear of. Called on the thread that works, after the state is
 * durable; a listener must not call the device back.
 */
public interface DeviceEvents {
  /** Nobody listens. */
  DeviceEvents NONE = new DeviceEvents() {};

  /** How far an enrolment or a half has come. */
  enum Stage {
    /** The bank's offer holds; the person reads the agreement. */
    OFFERED,
    /** The request to be bound is durable and goes to the bank. */
    BINDING,
    /** Bound; the bank is told so. */
    CONFIRMING,
    /** The device may act. */
    ENROLLED,
    /** A half is durable; no byte of it has left. */
    SEALED,
    /** The half's code goes to the bank. */
    SENDING,
    /** The bank has the code on disk. */
    ACCEPTED,
    /** An answer waits for earlier log lines. */
    HELD,
    /** Long past its end without an answer. */
    NO_ANSWER,
    /** A fresh provider certificate is here. */
    CERTIFIED,
    /** A request goes to the bank. */
    REQUESTING,
    /** A fresh epoch is asked for. */
    REKEYING,
    /** A fresh epoch is here. */
    REKEYED
  }

  /**
   * Something went on.
   *
   * @param number transaction number, empty outside a transaction
   */
  default void progress(String number, Stage stage) {}

  /** The bank has opened a half that asked for it, and it waits for the other one. */
  default void waiting(String number, Progress told) {}

  /** A half has ended. */
  default void answered(FinishedEntry entry) {}

  /** A receipt is here and holds. */
  default void receipt(Receipt receipt) {}

  /**
   * The device's log has grown.
   *
   * @param index of the line, from 1
   * @param head after it, 32 bytes
   */
  default void logLine(long index, byte[] head) {}

  /** The bank has lost the lines of the log after this one, in a restore. */
  default void logRolledBack(long index) {}

  /** A fresh epoch is here. */
  default void epoch(long epoch, long recoveryEpoch) {}

  /** The bank has raised its recovery epoch: the device rekeys before it makes another half. */
  default void recovery(long recoveryEpoch) {}

  /** A notice of the bank is here and holds. */
  default void notice(Notice notice) {}

  /** The bank says that an agreement waits for the party's signature. */
  default void agreementWaits(AgreementTerms terms) {}

  /** A checkpoint of the bank's tree over all logs holds, and is held now. */
  default void checkpoint(long size, long timeMillis) {}

  /**
   * The bank has signed what does not go with what it signed or said before; both are kept.
   *
   * @param step C2, C3 or C4
   * @param size of the tree that the newer checkpoint names
   */
  default void contradiction(String step, long size) {}

  /** The bank says that it was set back: its tree is a new one for this device. */
  default void checkpointsBegunAnew(long recoveryEpoch) {}

  /** PINs are not looked at until then, milliseconds. */
  default void blocked(long untilMillis) {}

  /** Presence mode: the number that both sides show, 0 to 999. */
  default void presence(String number, int presence) {}

  /** The bank says that it has suspended this device; without a number where a notice says so. */
  default void suspended(String number) {}
}

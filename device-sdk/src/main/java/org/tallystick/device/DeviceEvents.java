package org.tallystick.device;

import org.tallystick.device.state.FinishedEntry;
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
    CERTIFIED
  }

  /**
   * Something went on.
   *
   * @param number transaction number, empty outside a transaction
   */
  default void progress(String number, Stage stage) {}

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

  /** The bank says that it has suspended this device. */
  default void suspended(String number) {}
}

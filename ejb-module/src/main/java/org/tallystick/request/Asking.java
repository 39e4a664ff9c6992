package org.tallystick.request;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.tallystick.code.BoundDevice;
import org.tallystick.code.Times;
import org.tallystick.device.Device;
import org.tallystick.device.DeviceRegister;
import org.tallystick.device.DeviceSequencer;
import org.tallystick.device.DeviceTransition;
import org.tallystick.device.SuspensionReason;
import org.tallystick.sequencer.DeviceEpochs;

/**
 * One authentic request inside its transaction, and what the bank knows of who asks. The row of the
 * sequencer is locked, and with it all that belongs to the device alone.
 *
 * @param entities of the transaction
 * @param connection of the transaction
 * @param bound device and party
 * @param sequencer its locked row
 * @param epochs what the sequencer holds
 * @param request as opened
 * @param nowMillis bank clock
 */
public record Asking(
    EntityManager entities,
    Connection connection,
    BoundDevice bound,
    DeviceSequencer sequencer,
    DeviceEpochs epochs,
    OpenedRequest request,
    long nowMillis) {
  private static final String BANK = "bank";

  /** The device that asks. */
  public Device device() {
    return bound.device();
  }

  /** Bank clock. */
  public OffsetDateTime now() {
    return Times.ofMillis(nowMillis);
  }

  /** The devices. */
  public DeviceRegister register() {
    return new DeviceRegister(entities);
  }

  /** Suspends the device that asks. */
  public void suspend(SuspensionReason reason) {
    record(device().suspend(reason, BANK, reason.words(), now()));
  }

  /** Keeps the record of a change of state, if there was one. */
  public void record(Optional<DeviceTransition> transition) {
    transition.ifPresent(register()::record);
  }

  @Override
  public String toString() {
    return "Asking[" + request + "]";
  }
}

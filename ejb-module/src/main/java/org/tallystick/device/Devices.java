package org.tallystick.device;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.tallystick.device.DeviceMove.Moved;
import org.tallystick.device.DeviceMove.NotPermitted;
import org.tallystick.device.DeviceMove.Unknown;
import org.tallystick.party.Parties;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;

/**
 * Finds devices, locks what belongs to them, and moves them between states.
 *
 * <p>Order of locks: sequencers, transactions, log heads, accounts; each ascending. A device's own
 * row comes last.
 */
@Stateless
public class Devices {
  private static final Logger LOG = System.getLogger(Devices.class.getName());
  private static final String BANK = "bank";

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @Inject Clock clock;

  /** The device with an index, as an alias names it. */
  public Optional<Device> byIndex(long index) {
    return register().byIndex(index);
  }

  /** The device that codes name so, 16 bytes. */
  public Optional<Device> byDeviceId(byte[] deviceId) {
    return register().byDeviceId(deviceId);
  }

  /** Locks the sequencers of these devices until the transaction ends, in ascending order. */
  public List<DeviceSequencer> lockSequencers(List<Long> indexes) {
    return register().lockSequencers(indexes);
  }

  /** Locks the log heads of these devices until the transaction ends, in ascending order. */
  public List<DeviceLogHead> lockLogHeads(List<Long> indexes) {
    return register().lockLogHeads(indexes);
  }

  /** Suspends a device; false where it is not active, and then nothing changes. */
  public boolean suspend(Device device, SuspensionReason reason) {
    return register()
        .lock(device.index())
        .flatMap(locked -> locked.suspend(reason, BANK, reason.words(), now()))
        .filter(this::recorded)
        .isPresent();
  }

  /** An approver moves a device to a state. */
  public DeviceMove move(Actor actor, byte[] deviceId, DeviceState next, String reason) {
    actor.require(Role.APPROVER);
    Optional<Device> found =
        parties
            .ifSeen(actor, byDeviceId(deviceId), Device::partyId)
            .flatMap(device -> register().lock(device.index()));
    if (found.isEmpty()) {
      return new Unknown();
    }
    boolean moved = moved(found.get(), actor, next, reason).filter(this::recorded).isPresent();
    return moved ? new Moved(next) : new NotPermitted();
  }

  private Optional<DeviceTransition> moved(
      Device device, Actor actor, DeviceState next, String reason) {
    return switch (next) {
      case ACTIVE -> device.reinstate(actor.name(), reason, now());
      case SUSPENDED -> device.suspend(SuspensionReason.STAFF, actor.name(), reason, now());
      case REVOKED -> device.revoke(actor.name(), reason, now());
      case PENDING -> Optional.empty();
    };
  }

  private boolean recorded(DeviceTransition line) {
    register().record(line);
    LOG.log(Level.WARNING, "device {0}: {1} to {2}", line.deviceIndex(), line.from(), line.to());
    return true;
  }

  private DeviceRegister register() {
    return new DeviceRegister(entities);
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}

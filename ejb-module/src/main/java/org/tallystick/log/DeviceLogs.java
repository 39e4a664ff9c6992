package org.tallystick.log;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.tallystick.device.Device;
import org.tallystick.device.DeviceRegister;
import org.tallystick.party.Parties;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;
import org.tallystick.stage.StageFaultException;

/** Shows an auditor the log of a device. */
@Stateless
public class DeviceLogs {
  /** Lines of a page at most. */
  public static final int MAX_LIMIT = 500;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;

  /**
   * Part of a log.
   *
   * @param seed column 1 of the first line
   * @param lines ascending
   */
  public record Page(byte[] seed, List<LogRows.Row> lines) {}

  /** Lines from an index on; empty where there is no such device. */
  public Optional<Page> page(Actor actor, byte[] deviceId, long from, int limit) {
    actor.require(Role.AUDITOR);
    return parties
        .ifSeen(actor, new DeviceRegister(entities).byDeviceId(deviceId), Device::partyId)
        .map(device -> page(device, from, Math.min(limit, MAX_LIMIT)));
  }

  private Page page(Device device, long from, int limit) {
    try {
      return new Page(
          LogLine.seed(
              device.evidence().suite(), device.deviceId(), device.evidence().bindingRecord()),
          new LogRows(entities.unwrap(Connection.class)).page(device.index(), from, limit));
    } catch (SQLException e) {
      throw new StageFaultException(e);
    }
  }
}

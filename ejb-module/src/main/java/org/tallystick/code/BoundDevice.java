package org.tallystick.code;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.tallystick.device.Device;
import org.tallystick.party.Party;
import org.tallystick.party.PartyRole;

/**
 * A device with the party that it is bound to.
 *
 * @param device as it stands
 * @param party as it stands
 */
public record BoundDevice(Device device, Party party) {
  private static final String BY_INDEXES =
      "select d, p from Device d, Party p where p.id = d.partyId and d.id in :indexes";

  /** Reads them in one round trip, by device index; indexes without a device are left out. */
  public static Map<Long, BoundDevice> read(EntityManager entities, Collection<Long> indexes) {
    Map<Long, BoundDevice> found = new HashMap<>();
    if (indexes.isEmpty()) {
      return found;
    }
    for (Object[] row :
        entities
            .createQuery(BY_INDEXES, Object[].class)
            .setParameter("indexes", indexes)
            .getResultList()) {
      Device device = (Device) row[0];
      found.put(device.index(), new BoundDevice(device, (Party) row[1]));
    }
    return found;
  }

  /** The side that the device may take. */
  public Role role() {
    return device.role() == PartyRole.PROVIDER ? Role.PAYEE : Role.PAYER;
  }

  /** What a half of this device says, with what a compact one leaves to the binding. */
  public SignedMap said(SignedMap signed) {
    return signed.boundTo(
        device.deviceId(), device.evidence().accountIdentifier(), device.evidence().contractId());
  }
}

package org.tallystick.device;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.notice.NoticeDue;
import org.tallystick.notice.NoticeSubject;

/**
 * The devices in the database, inside the caller's transaction.
 *
 * <p>Order of locks: sequencers, transactions, log heads, accounts; each ascending.
 */
public final class DeviceRegister implements DeviceStore {
  private final EntityManager entities;

  /** Works through an entity manager. */
  public DeviceRegister(EntityManager entities) {
    this.entities = entities;
  }

  @Override
  public long nextIndex() {
    Object drawn = entities.createNativeQuery("select nextval('device_seq')").getSingleResult();
    return ((Number) drawn).longValue();
  }

  @Override
  public boolean holdsKey(byte[] publicKey) {
    return entities
            .createNamedQuery("Device.countByPublicKey", Long.class)
            .setParameter("value", publicKey)
            .getSingleResult()
        > 0;
  }

  @Override
  public void add(Device device, DeviceSequencer sequencer, DeviceLogHead head) {
    entities.persist(device);
    entities.flush(); // the others refer to it
    entities.persist(sequencer);
    entities.persist(head);
  }

  /** The device with an index. */
  public Optional<Device> byIndex(long index) {
    @Nullable Device found = entities.find(Device.class, index);
    return Optional.ofNullable(found);
  }

  @Override
  public Optional<Device> lock(long index) {
    @Nullable Device found = entities.find(Device.class, index, LockModeType.PESSIMISTIC_WRITE);
    return Optional.ofNullable(found);
  }

  /** The device that codes name so, 16 bytes. */
  public Optional<Device> byDeviceId(byte[] deviceId) {
    return entities
        .createNamedQuery("Device.byDeviceId", Device.class)
        .setParameter("value", deviceId)
        .getResultStream()
        .findFirst();
  }

  /** All devices of a party, oldest first. */
  public List<Device> ofParty(long partyId) {
    return entities
        .createNamedQuery("Device.ofParty", Device.class)
        .setParameter("party", partyId)
        .getResultList();
  }

  /** The devices of a party that ever were active, newest first. */
  public List<Device> newestEverActive(long partyId, int limit) {
    return entities
        .createNamedQuery("Device.newestEverActive", Device.class)
        .setParameter("party", partyId)
        .setMaxResults(limit)
        .getResultList();
  }

  /** Where a device's log ends, unlocked. */
  public DeviceLogHead logHead(long index) {
    @Nullable DeviceLogHead found = entities.find(DeviceLogHead.class, index);
    if (found == null) {
      throw new IllegalStateException("device " + index + " has no log");
    }
    return found;
  }

  /** How many devices of a party ever were active. */
  public long countEverActive(long partyId) {
    return entities
        .createNamedQuery("Device.countEverActive", Long.class)
        .setParameter("party", partyId)
        .getSingleResult();
  }

  /** Locks the sequencers of these devices; in ascending order whatever order is asked for. */
  public List<DeviceSequencer> lockSequencers(List<Long> indexes) {
    return locked("DeviceSequencer.byIndexes", DeviceSequencer.class, indexes);
  }

  /** Locks the log heads of these devices; in ascending order whatever order is asked for. */
  public List<DeviceLogHead> lockLogHeads(List<Long> indexes) {
    return locked("DeviceLogHead.byIndexes", DeviceLogHead.class, indexes);
  }

  /** The active devices of these parties, by index. */
  public List<Device> activeOfParties(Collection<Long> parties) {
    return parties.isEmpty()
        ? List.of()
        : entities
            .createNamedQuery("Device.activeOfParties", Device.class)
            .setParameter("parties", parties)
            .getResultList();
  }

  /** Keeps the record, and with it what the other devices of the account are to hear of it. */
  @Override
  public void record(DeviceTransition line) {
    entities.persist(line);
    Device device =
        byIndex(line.deviceIndex())
            .orElseThrow(() -> new IllegalStateException("no device " + line.deviceIndex()));
    device.heardByOthers(line).ifPresent(subject -> announce(device, subject, line.at()));
  }

  /** All active devices of the account but this one are to hear something. */
  public void announce(Device but, NoticeSubject subject, OffsetDateTime at) {
    entities.persist(NoticeDue.forOthers(but.partyId(), but.index(), subject, at));
  }

  /** Keeps one device's word for another. */
  public void keep(Countersign word) {
    entities.persist(word);
  }

  private <T> List<T> locked(String query, Class<T> type, List<Long> indexes) {
    if (indexes.isEmpty()) {
      return List.of();
    }
    return entities
        .createNamedQuery(query, type)
        .setParameter("indexes", indexes.stream().sorted().distinct().toList())
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }
}

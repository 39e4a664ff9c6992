package org.tallystick.device;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** Who moved a device from one state to another, when and why; written once, never changed. */
@Entity
@Table(name = "device_transition")
public class DeviceTransition {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "device_transition_seq")
  @SequenceGenerator(
      name = "device_transition_seq",
      sequenceName = "device_transition_seq",
      allocationSize = 50)
  @Column(name = "id")
  private long id;

  @Column(name = "device_pk", nullable = false, updatable = false)
  private long deviceIndex;

  @Enumerated(EnumType.STRING)
  @Column(name = "from_state", nullable = false, updatable = false)
  private DeviceState from;

  @Enumerated(EnumType.STRING)
  @Column(name = "to_state", nullable = false, updatable = false)
  private DeviceState to;

  @Column(name = "actor", nullable = false, updatable = false)
  private String actor;

  @Column(name = "reason", nullable = false, updatable = false)
  private String reason;

  @Column(name = "at", nullable = false, updatable = false)
  private OffsetDateTime at;

  /** For JPA. */
  protected DeviceTransition() {}

  DeviceTransition(
      long deviceIndex,
      DeviceState from,
      DeviceState to,
      String actor,
      String reason,
      OffsetDateTime at) {
    this.deviceIndex = deviceIndex;
    this.from = from;
    this.to = to;
    this.actor = actor;
    this.reason = reason;
    this.at = at;
  }

  /** The device that moved. */
  public long deviceIndex() {
    return deviceIndex;
  }

  /** The state before. */
  public DeviceState from() {
    return from;
  }

  /** The state after. */
  public DeviceState to() {
    return to;
  }

  /** Who did it. */
  public String actor() {
    return actor;
  }

  /** Why. */
  public String reason() {
    return reason;
  }

  /** When. */
  public OffsetDateTime at() {
    return at;
  }
}

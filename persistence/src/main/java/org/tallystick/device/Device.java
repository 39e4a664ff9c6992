package org.tallystick.device;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.tallystick.notice.NoticeSubject;
import org.tallystick.party.PartyRole;

/**
 * A device that is bound to a party.
 *
 * <p>It is made pending when the bank answers its request, and becomes active when it confirms.
 * Wrong PINs, a broken protocol or the staff suspend it; the staff may lift some suspensions.
 * Revoked, it stays for the record only. Each change of state gives the {@link DeviceTransition}
 * that records it; the caller stores that.
 */
@Entity
@Table(name = "device")
@NamedQuery(name = "Device.byDeviceId", query = "select d from Device d where d.deviceId = :value")
@NamedQuery(
    name = "Device.ofParty",
    query = "select d from Device d where d.partyId = :party order by d.id")
@NamedQuery(
    name = "Device.activeOfParties",
    query =
        "select d from Device d where d.partyId in :parties"
            + " and d.standing.state = org.tallystick.device.DeviceState.ACTIVE order by d.id")
@NamedQuery(
    name = "Device.newestEverActive",
    query =
        "select d from Device d where d.partyId = :party and d.standing.activatedAt is not null"
            + " order by d.id desc")
@NamedQuery(
    name = "Device.countEverActive",
    query =
        "select count(d) from Device d where d.partyId = :party and d.standing.activatedAt is not"
            + " null")
@NamedQuery(
    name = "Device.countByPublicKey",
    query = "select count(d) from Device d where d.evidence.publicKey = :value")
public class Device {
  private static final String BANK = "bank";

  @Id
  @Column(name = "id")
  private long id;

  @Column(name = "device_id", nullable = false, updatable = false)
  private byte[] deviceId;

  @Column(name = "party_id", nullable = false, updatable = false)
  private long partyId;

  @Enumerated(EnumType.STRING)
  @Column(name = "role", nullable = false, updatable = false)
  private PartyRole role;

  @Column(name = "profile", nullable = false, updatable = false)
  private int profile;

  @Embedded private DeviceStanding standing;
  @Embedded private BoundEvidence evidence;
  @Embedded private DeviceSecrets secrets;

  @Column(name = "created_at", nullable = false, updatable = false)
  private OffsetDateTime createdAt;

  @Version
  @Column(name = "version")
  private int version;

  /** For JPA. */
  protected Device() {}

  /**
   * A device that has still to confirm.
   *
   * @param index names the device to the bank alone: inside aliases
   * @param deviceId names it inside codes, 16 bytes
   * @param profile 1 attended, 2 operator session
   */
  public Device(
      long index,
      byte[] deviceId,
      long partyId,
      PartyRole role,
      int profile,
      BoundEvidence evidence,
      DeviceSecrets secrets,
      OffsetDateTime createdAt) {
    this.id = index;
    this.deviceId = deviceId.clone();
    this.partyId = partyId;
    this.role = role;
    this.profile = profile;
    this.standing = new DeviceStanding();
    this.evidence = evidence;
    this.secrets = secrets;
    this.createdAt = createdAt;
  }

  /** The device has confirmed its enrolment; a fault where it was not pending. */
  public DeviceTransition activate(OffsetDateTime at) {
    return moved(standing.activate(at), BANK, "confirmed", at);
  }

  /** Suspends; empty where the device is not active, and then nothing changes. */
  public Optional<DeviceTransition> suspend(
      SuspensionReason reason, String actor, String words, OffsetDateTime at) {
    return standing.suspend(reason, at).map(from -> moved(from, actor, words, at));
  }

  /** Lifts a suspension; empty where there is none, or none that may be lifted. */
  public Optional<DeviceTransition> reinstate(String actor, String words, OffsetDateTime at) {
    return standing.reinstate().map(from -> moved(from, actor, words, at));
  }

  /** Ends the device for good; empty where that has happened before. */
  public Optional<DeviceTransition> revoke(String actor, String words, OffsetDateTime at) {
    return standing.revoke().map(from -> moved(from, actor, words, at));
  }

  /**
   * Counts a wrong PIN and blocks for a while; the fifth in a row suspends, and then the transition
   * is there.
   *
   * @param at when the bank was given it
   */
  public Optional<DeviceTransition> wrongPin(OffsetDateTime at) {
    return standing
        .wrongPin(at)
        .map(from -> moved(from, BANK, SuspensionReason.WRONG_PINS.words(), at));
  }

  /** The PIN was right: the count begins anew. */
  public void rightPin() {
    standing.rightPin();
  }

  /** A new PIN waits beside the present one until it is proven. */
  public void changePin(byte[] verifierWrapped) {
    secrets.changePin(verifierWrapped);
  }

  /** The pending PIN was proven: the one before is gone. */
  public void pendingPinProven() {
    secrets.pendingPinProven();
  }

  /**
   * Another device of the account vouches for this one.
   *
   * @param sign1 its signature under that
   * @return the record, which the caller stores
   */
  public Countersign countersign(Device signer, byte[] sign1, OffsetDateTime at) {
    standing.countersign(at);
    return new Countersign(id, signer.index(), sign1, at);
  }

  private DeviceTransition moved(DeviceState from, String actor, String reason, OffsetDateTime at) {
    return new DeviceTransition(id, from, state(), actor, reason, at);
  }

  /** What the account's other devices are to hear of a transition of this one. */
  Optional<NoticeSubject> heardByOthers(DeviceTransition line) {
    if (line.from() == DeviceState.PENDING && line.to() == DeviceState.ACTIVE) {
      return Optional.of(new NoticeSubject.DeviceBound(evidence.bindingRecord()));
    }
    return line.to() == DeviceState.SUSPENDED
        ? standing
            .suspendedReason()
            .map(reason -> new NoticeSubject.DeviceSuspended(deviceId(), reason.name()))
        : Optional.empty();
  }

  /** The device index. */
  public long index() {
    return id;
  }

  /** Names the device inside codes, 16 bytes. */
  public byte[] deviceId() {
    return deviceId.clone();
  }

  /** Internal number of the party it is bound to. */
  public long partyId() {
    return partyId;
  }

  /** Which half it makes. */
  public PartyRole role() {
    return role;
  }

  /** 1 attended: a PIN for each payment; 2 operator session. */
  public int profile() {
    return profile;
  }

  /** Where it stands. */
  public DeviceState state() {
    return standing.state();
  }

  /** Wrong PINs in a row. */
  public int wrongPins() {
    return standing.wrongPins();
  }

  /** Until when no PIN is looked at, by the bank's clock; 0 where no PIN was wrong lately. */
  public long blockedUntilMillis() {
    return standing.blockedUntil().map(until -> until.toInstant().toEpochMilli()).orElse(0L);
  }

  /** Where it stands, since when and why. */
  public DeviceStanding standing() {
    return standing;
  }

  /** What was bound, with both signatures. */
  public BoundEvidence evidence() {
    return evidence;
  }

  /** Its ciphertexts. */
  public DeviceSecrets secrets() {
    return secrets;
  }

  /** When the bank bound it. */
  public OffsetDateTime createdAt() {
    return createdAt;
  }

  @Override
  public String toString() {
    return "Device(" + id + ", " + role + ", " + state() + ")";
  }
}

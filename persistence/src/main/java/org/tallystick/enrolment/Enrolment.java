package org.tallystick.enrolment;

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
import org.jspecify.annotations.Nullable;

/**
 * One activation and what becomes of it.
 *
 * <p>Offered to a party, it is bound by the first device that answers with the activation code, and
 * confirmed by that device. A second, different answer with the right code shows that the code is
 * in two hands: it is cancelled, the first device with it. What is not confirmed in time expires.
 * At each of the three ends the secrets go.
 */
@Entity
@Table(name = "enrolment")
@NamedQuery(
    name = "Enrolment.openOfParty",
    query =
        "select e from Enrolment e where e.partyId = :party and e.state in ("
            + "org.tallystick.enrolment.EnrolmentState.OFFERED,"
            + " org.tallystick.enrolment.EnrolmentState.BOUND)")
@NamedQuery(
    name = "Enrolment.overdue",
    query =
        "select e.id from Enrolment e where e.expiresAt <= :now and e.state in ("
            + "org.tallystick.enrolment.EnrolmentState.OFFERED,"
            + " org.tallystick.enrolment.EnrolmentState.BOUND) order by e.expiresAt")
public class Enrolment {
  @Id
  @Column(name = "id")
  private byte[] id;

  @Column(name = "party_id", nullable = false, updatable = false)
  private long partyId;

  @Enumerated(EnumType.STRING)
  @Column(name = "state", nullable = false)
  private EnrolmentState state;

  @Column(name = "offer", nullable = false, updatable = false)
  private byte[] offer;

  @Embedded private @Nullable EnrolmentSecret secret;

  @Column(name = "issued_at", nullable = false, updatable = false)
  private OffsetDateTime issuedAt;

  @Column(name = "expires_at", nullable = false, updatable = false)
  private OffsetDateTime expiresAt;

  @Embedded private @Nullable GivenAnswer answer;

  @Column(name = "ended_at")
  private @Nullable OffsetDateTime endedAt;

  @Version
  @Column(name = "version")
  private int version;

  /** For JPA. */
  protected Enrolment() {}

  /**
   * An activation that is handed to a party.
   *
   * @param id 16 bytes
   * @param offer the bytes that the device will get
   */
  public Enrolment(
      byte[] id,
      long partyId,
      byte[] offer,
      EnrolmentSecret secret,
      OffsetDateTime issuedAt,
      OffsetDateTime expiresAt) {
    this.id = id.clone();
    this.partyId = partyId;
    this.state = EnrolmentState.OFFERED;
    this.offer = offer.clone();
    this.secret = secret;
    this.issuedAt = issuedAt;
    this.expiresAt = expiresAt;
  }

  /** Whether the exchange may go on at this time. */
  public boolean openAt(OffsetDateTime now) {
    return state.open() && now.isBefore(expiresAt);
  }

  /** A device has answered, and was given this. */
  public void bind(GivenAnswer given) {
    require(state == EnrolmentState.OFFERED);
    answer = given;
    state = EnrolmentState.BOUND;
  }

  /** The stored answer, if this is the very message that was answered. */
  public Optional<byte[]> answerTo(byte[] message1) {
    return answer().filter(given -> given.answers(message1)).map(GivenAnswer::message2);
  }

  /** Whether these bytes are the device's confirmation. */
  public boolean confirmedBy(byte[] mac) {
    return answer().filter(given -> given.confirmedBy(mac)).isPresent();
  }

  /** What was answered, unless the exchange has failed. */
  private Optional<GivenAnswer> answer() {
    boolean good = state == EnrolmentState.BOUND || state == EnrolmentState.CONFIRMED;
    return good ? Optional.ofNullable(answer) : Optional.empty();
  }

  /** The device has confirmed. */
  public void confirm(OffsetDateTime at) {
    require(state == EnrolmentState.BOUND);
    end(EnrolmentState.CONFIRMED, at);
  }

  /** Two devices answered. */
  public void cancel(OffsetDateTime at) {
    require(state == EnrolmentState.BOUND);
    end(EnrolmentState.CANCELLED, at);
  }

  /** The time is over. */
  public void expire(OffsetDateTime at) {
    require(state.open() && !at.isBefore(expiresAt));
    end(EnrolmentState.EXPIRED, at);
  }

  private void end(EnrolmentState last, OffsetDateTime at) {
    state = last;
    endedAt = at;
    secret = null;
  }

  private void require(boolean legal) {
    if (!legal) {
      throw new IllegalStateException("not in state " + state);
    }
  }

  /** Names it, 16 bytes. */
  public byte[] id() {
    return id.clone();
  }

  /** Internal number of the party it was issued to. */
  public long partyId() {
    return partyId;
  }

  /** Where it stands. */
  public EnrolmentState state() {
    return state;
  }

  /** The encoded offer. */
  public byte[] offer() {
    return offer.clone();
  }

  /** The bank's secrets, until the exchange has ended. */
  public Optional<EnrolmentSecret> secret() {
    return Optional.ofNullable(secret);
  }

  /** Until when it may be used. */
  public OffsetDateTime expiresAt() {
    return expiresAt;
  }

  /** The device that answered first, where one did. */
  public Optional<Long> deviceIndex() {
    return Optional.ofNullable(answer).map(GivenAnswer::deviceIndex);
  }

  @Override
  public String toString() {
    return "Enrolment(" + state + ")";
  }
}

package org.tallystick.notice;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What the active devices of an account are still to hear, perhaps but for one of them; or what one
 * device alone is to hear, and where that is not active, all of them. It is written in the
 * transaction of its cause, so the notices follow whatever happens; {@link NoticeRows#take} removes
 * it in the transaction that makes them.
 *
 * <p>Source: docs/PROTOCOL.md section N.
 */
@Entity
@Table(name = "notice_due")
public class NoticeDue {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "notice_due_seq")
  @SequenceGenerator(name = "notice_due_seq", sequenceName = "notice_due_seq", allocationSize = 50)
  @Column(name = "id")
  private long id;

  @Column(name = "party_id", nullable = false, updatable = false)
  private long partyId;

  @Column(name = "except_device", updatable = false)
  private @Nullable Long exceptDevice;

  @Column(name = "device_pk", updatable = false)
  private @Nullable Long device;

  @Column(name = "kind", nullable = false, updatable = false)
  private int kind;

  @Column(name = "subject", nullable = false, updatable = false)
  private byte[] subject;

  @Column(name = "made_at", nullable = false, updatable = false)
  private OffsetDateTime madeAt;

  /** For JPA. */
  protected NoticeDue() {}

  /**
   * For all devices of a party but one.
   *
   * @param partyId whose devices are to hear
   * @param exceptDevice index of the one that is not
   * @param subject what they are to hear
   * @param madeAt bank clock
   */
  public static NoticeDue forOthers(
      long partyId, long exceptDevice, NoticeSubject subject, OffsetDateTime madeAt) {
    return new NoticeDue(partyId, exceptDevice, null, subject, madeAt);
  }

  /** For all devices of a party. */
  public static NoticeDue forAll(long partyId, NoticeSubject subject, OffsetDateTime madeAt) {
    return new NoticeDue(partyId, null, null, subject, madeAt);
  }

  /**
   * For one device.
   *
   * @param partyId whose it is
   * @param device index of the device
   * @param subject what it is to hear
   * @param madeAt bank clock
   */
  public static NoticeDue forOne(
      long partyId, long device, NoticeSubject subject, OffsetDateTime madeAt) {
    return new NoticeDue(partyId, null, device, subject, madeAt);
  }

  private NoticeDue(
      long partyId,
      @Nullable Long exceptDevice,
      @Nullable Long device,
      NoticeSubject subject,
      OffsetDateTime madeAt) {
    this.partyId = partyId;
    this.exceptDevice = exceptDevice;
    this.device = device;
    this.kind = subject.kind();
    this.subject = subject.encode();
    this.madeAt = madeAt;
  }

  @Override
  public String toString() {
    return "NoticeDue(party " + partyId + ", kind " + kind + ")";
  }
}

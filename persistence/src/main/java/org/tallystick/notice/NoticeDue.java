package org.tallystick.notice;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/**
 * What the active devices of an account are still to hear, but for one of them. It is written in
 * the transaction of its cause, so the notices follow whatever happens; {@link NoticeRows#take}
 * removes it in the transaction that makes them.
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

  @Column(name = "except_device", nullable = false, updatable = false)
  private long exceptDevice;

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
  public NoticeDue(long partyId, long exceptDevice, NoticeSubject subject, OffsetDateTime madeAt) {
    this.partyId = partyId;
    this.exceptDevice = exceptDevice;
    this.kind = subject.kind();
    this.subject = subject.encode();
    this.madeAt = madeAt;
  }

  @Override
  public String toString() {
    return "NoticeDue(party " + partyId + ", kind " + kind + ")";
  }
}

package org.tallystick.staff;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was done to an account of the staff, by whom, when and why; never changed again. */
@Entity
@Table(name = "staff_change")
@NamedQuery(
    name = "StaffChange.ofStaff",
    query = "select c from StaffChange c where c.staffId = :staff order by c.id")
public class StaffChange {
  /** What was done. */
  public enum What {
    OPENED,
    PASSWORD_CHOSEN,
    ROLES_CHANGED,
    SUSPENDED,
    REACTIVATED,
    CLOSED,
    KEY_ADDED,
    KEY_REMOVED,
    KEY_CLONE_SUSPECTED,
    RECOVERY_PROPOSED,
    RECOVERED,
    RESET_PROPOSED,
    PASSWORD_RESET
  }

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "staff_change_seq")
  @SequenceGenerator(
      name = "staff_change_seq",
      sequenceName = "staff_change_seq",
      allocationSize = 50)
  @Column(name = "id")
  private long id;

  @Column(name = "staff_id", nullable = false, updatable = false)
  private long staffId;

  @Enumerated(EnumType.STRING)
  @Column(name = "what", nullable = false, updatable = false)
  private What what;

  @Column(name = "detail", nullable = false, updatable = false)
  private String detail;

  @Column(name = "actor", nullable = false, updatable = false)
  private String actor;

  @Column(name = "reason", updatable = false)
  private @Nullable String reason;

  @Column(name = "at", nullable = false, updatable = false)
  private OffsetDateTime at;

  /** For JPA. */
  protected StaffChange() {}

  /**
   * A change.
   *
   * @param detail what of, in a few words; may be empty
   * @param actor who did it
   * @param reason why; null for what people do to their own account
   */
  public StaffChange(
      long staffId,
      What what,
      String detail,
      String actor,
      @Nullable String reason,
      OffsetDateTime at) {
    this.staffId = staffId;
    this.what = what;
    this.detail = detail;
    this.actor = actor;
    this.reason = reason;
    this.at = at;
  }

  /** The internal number; later changes have higher ones, nearly. */
  public long id() {
    return id;
  }

  /** What was done. */
  public What what() {
    return what;
  }

  /** What of, in a few words; may be empty. */
  public String detail() {
    return detail;
  }

  /** Who did it. */
  public String actor() {
    return actor;
  }

  /** Why. */
  public Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  /** When. */
  public OffsetDateTime at() {
    return at;
  }
}

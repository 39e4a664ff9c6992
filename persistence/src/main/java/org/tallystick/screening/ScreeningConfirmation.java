package org.tallystick.screening;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;

/** When somebody last gave the bank the edition of a list that is in force. */
@Entity
@Table(name = "screening_confirmation")
@NamedQuery(name = "ScreeningConfirmation.all", query = "select c from ScreeningConfirmation c")
public class ScreeningConfirmation {
  @Id
  @Column(name = "list")
  private String list;

  @Column(name = "confirmed_by", nullable = false)
  private String confirmedBy;

  @Column(name = "confirmed_at", nullable = false)
  private OffsetDateTime confirmedAt;

  /** For JPA. */
  protected ScreeningConfirmation() {}

  /** Of a list that is given for the first time. */
  public ScreeningConfirmation(String list, String by, OffsetDateTime at) {
    this.list = list;
    this.confirmedBy = by;
    this.confirmedAt = at;
  }

  /** It was given again, the same or a new edition. */
  public void again(String by, OffsetDateTime at) {
    confirmedBy = by;
    confirmedAt = at;
  }

  /** Which list. */
  public String list() {
    return list;
  }

  /** Who gave it. */
  public String confirmedBy() {
    return confirmedBy;
  }

  /** When. */
  public OffsetDateTime confirmedAt() {
    return confirmedAt;
  }
}

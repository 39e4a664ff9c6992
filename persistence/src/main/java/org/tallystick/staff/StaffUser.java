package org.tallystick.staff;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A member of the staff.
 *
 * <p>Begins with a one-time password that serves only to set an own one. {@link SignInAttempt} is
 * the same row as those see it who have proven nothing yet.
 */
@Entity
@Table(name = "staff_user")
@NamedQuery(name = "StaffUser.byName", query = "select u from StaffUser u where u.name = :name")
@NamedQuery(name = "StaffUser.count", query = "select count(u) from StaffUser u")
@NamedQuery(
    name = "StaffUser.countLike",
    query = "select count(u) from StaffUser u where lower(u.name) = :smallName")
@NamedQuery(
    name = "StaffUser.page",
    query = "select u from StaffUser u where u.id > :after order by u.id")
@NamedQuery(
    name = "StaffUser.otherAdministrators",
    query =
        "select count(u) from StaffUser u where :role member of u.roles and u.id <> :id"
            + " and u.state = org.tallystick.staff.StaffState.ACTIVE")
public class StaffUser {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "staff_user_seq")
  @SequenceGenerator(name = "staff_user_seq", sequenceName = "staff_user_seq", allocationSize = 50)
  @Column(name = "id")
  private long id;

  @Column(name = "name", nullable = false, updatable = false)
  private String name;

  @Embedded private PasswordHash password;

  @Column(name = "one_time", nullable = false)
  private boolean oneTime;

  @Column(name = "one_time_until")
  private @Nullable OffsetDateTime oneTimeUntil;

  @Column(name = "failures", nullable = false)
  private int failures;

  @Column(name = "locked_until")
  private @Nullable OffsetDateTime lockedUntil;

  @ElementCollection(fetch = FetchType.EAGER)
  @CollectionTable(name = "staff_role", joinColumns = @JoinColumn(name = "staff_id"))
  @Column(name = "role")
  @Enumerated(EnumType.STRING)
  private Set<Role> roles = new HashSet<>();

  @Column(name = "institution_id", updatable = false)
  private @Nullable Long institution;

  @Enumerated(EnumType.STRING)
  @Column(name = "state", nullable = false)
  private StaffState state;

  @Column(name = "user_handle")
  private byte @Nullable [] userHandle;

  @Column(name = "created_at", nullable = false, updatable = false)
  private OffsetDateTime createdAt;

  @Version
  @Column(name = "version")
  private int version;

  /** For JPA. */
  protected StaffUser() {}

  /** A new member with a one-time password. */
  public StaffUser(String name, Set<Role> roles, PasswordHash oneTime, OffsetDateTime createdAt) {
    this.name = name;
    this.roles.addAll(roles);
    this.password = oneTime;
    this.oneTime = true;
    this.state = StaffState.ACTIVE;
    this.createdAt = createdAt;
  }

  /** A new member of an institution's staff, or with null of the consortium's own. */
  public StaffUser(
      String name,
      Set<Role> roles,
      PasswordHash oneTime,
      OffsetDateTime createdAt,
      @Nullable Long institution) {
    this(name, roles, oneTime, createdAt);
    this.institution = institution;
  }

  /** The password was right: the count begins anew. */
  public void attemptSucceeded() {
    failures = 0;
    lockedUntil = null;
  }

  /** Replaces the password by one of the member's own. */
  public void choosePassword(PasswordHash own) {
    password = own;
    oneTime = false;
    oneTimeUntil = null;
  }

  /** Replaces a forgotten password by a one-time one, which is good until then. */
  public void resetPassword(PasswordHash fresh, OffsetDateTime until) {
    password = fresh;
    oneTime = true;
    oneTimeUntil = until;
    attemptSucceeded();
  }

  /** The same password, hashed anew. */
  public void replaceHash(PasswordHash same) {
    password = same;
  }

  /** Sets what the member may do. */
  public void changeRoles(Set<Role> next) {
    roles.clear();
    roles.addAll(next);
  }

  /** Sets whether the member may sign in; {@link StaffState#mayBecome} says what can follow. */
  public void moveTo(StaffState next) {
    state = next;
  }

  /** What security keys know the member by: 32 bytes, {@code fresh} the first time. */
  public byte[] userHandleOr(byte[] fresh) {
    if (userHandle == null) {
      userHandle = fresh.clone();
    }
    return userHandle.clone();
  }

  /** What security keys know the member by, once there was one. */
  public Optional<byte[]> userHandle() {
    return Optional.ofNullable(userHandle).map(byte[]::clone);
  }

  /** Whether the member may sign in. */
  public StaffState state() {
    return state;
  }

  /** The internal number. */
  public long id() {
    return id;
  }

  /** The name to sign in with. */
  public String name() {
    return name;
  }

  /** The stored password. */
  public PasswordHash password() {
    return password;
  }

  /** Whether the password only serves to set an own one. */
  public boolean oneTime() {
    return oneTime;
  }

  /** What this member may do. */
  public Set<Role> roles() {
    return roles.isEmpty() ? EnumSet.noneOf(Role.class) : EnumSet.copyOf(roles);
  }

  /** Internal number of the institution that the member works for; empty for the consortium's. */
  public Optional<Long> institution() {
    return Optional.ofNullable(institution);
  }

  /** When the account was opened. */
  public OffsetDateTime createdAt() {
    return createdAt;
  }
}

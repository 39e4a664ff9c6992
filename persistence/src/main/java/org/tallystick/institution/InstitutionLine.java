package org.tallystick.institution;

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

/** Who did what to an institution or to one of its clients; written once, never changed. */
@Entity
@Table(name = "institution_line")
@NamedQuery(
    name = "InstitutionLine.of",
    query = "select l from InstitutionLine l where l.institution = :institution order by l.id desc")
public class InstitutionLine {
  /** What was done. */
  public enum What {
    CREATED,
    CHANGED,
    ACTIVE,
    SUSPENDED,
    CLOSED,
    /** A client was. */
    REGISTERED,
    /** A client's keys, certificate or scopes were. */
    ROTATED,
    /** A client was. */
    REVOKED
  }

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "institution_line_seq")
  @SequenceGenerator(
      name = "institution_line_seq",
      sequenceName = "institution_line_seq",
      allocationSize = 50)
  @Column(name = "id")
  private long id;

  @Column(name = "institution_id", nullable = false, updatable = false)
  private long institution;

  @Column(name = "client", updatable = false)
  private @Nullable String client;

  @Enumerated(EnumType.STRING)
  @Column(name = "what", nullable = false, updatable = false)
  private What what;

  @Column(name = "actor", nullable = false, updatable = false)
  private String actor;

  @Column(name = "reason", updatable = false)
  private @Nullable String reason;

  @Column(name = "at", nullable = false, updatable = false)
  private OffsetDateTime at;

  /** For JPA. */
  protected InstitutionLine() {}

  /** A line about the institution, or about a client of it. */
  public InstitutionLine(
      long institution,
      @Nullable String client,
      What what,
      String actor,
      @Nullable String reason,
      OffsetDateTime at) {
    this.institution = institution;
    this.client = client;
    this.what = what;
    this.actor = actor;
    this.reason = reason;
    this.at = at;
  }

  /** The client, where it is about one. */
  public Optional<String> client() {
    return Optional.ofNullable(client);
  }

  /** What was done. */
  public What what() {
    return what;
  }

  /** Who did it. */
  public String actor() {
    return actor;
  }

  /** Why, where a reason was asked for. */
  public Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  /** When. */
  public OffsetDateTime at() {
    return at;
  }
}

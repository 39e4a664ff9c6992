package org.tallystick.party;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.NamedNativeQuery;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A customer of the consortium: a user or a provider.
 *
 * <p>A party applies, says who it is and waits. It is screened; a clerk and an approver review it
 * and approve or refuse. Approved, it may enrol a device, whose signature makes it active: from
 * then on it takes part in transactions. An identification holds for a time and is then renewed, or
 * the registration lapses. A registration may be suspended too, which ends its transactions at
 * once, and may come back; closed, it stays for the record only, until it is erased: then the row
 * holds numbers that books and logs refer to and nothing else. Each change of state leaves a {@link
 * PartyTransition}.
 */
@Entity
@Table(name = "party")
@NamedQuery(
    name = "Party.byRegistration",
    query =
        "select p from Party p where p.identifiers.registration = :value and p.erasedAt is null")
@NamedQuery(
    name = "Party.byAccountIdentifier",
    query = "select p from Party p where p.identifiers.accountIdentifier = :value")
@NamedQuery(
    name = "Party.byTokenHash",
    query = "select p from Party p where p.identifiers.tokenHash = :value")
@NamedQuery(
    name = "Party.inState",
    query =
        "select p from Party p where p.state = :state and p.erasedAt is null and p.id > :after"
            + " order by p.id")
@NamedQuery(
    name = "Party.customers",
    query = "select count(p) from Party p where p.state in " + Party.CUSTOMERS)
@NamedQuery(
    name = "Party.customersAfter",
    query =
        "select p.id from Party p where p.id > :after and mod(p.id, :step) = 0 and p.state in "
            + Party.CUSTOMERS
            + " order by p.id")
@NamedQuery(
    name = "Party.byRegistrationOfInstitution",
    query =
        "select p from Party p where p.identifiers.registration = :value"
            + " and p.institution = :institution and p.erasedAt is null")
@NamedQuery(
    name = "Party.inStateOfInstitution",
    query =
        "select p from Party p where p.institution = :institution and p.state = :state"
            + " and p.erasedAt is null and p.id > :after order by p.id")
@NamedNativeQuery(
    name = "Party.ofPublicName",
    query =
        "select id from party where (display_name_look_hash = ?1 or display_name_folded_hash = ?2)"
            + " and (state in ('APPROVED', 'ACTIVE', 'LAPSED', 'SUSPENDED')"
            + " or (state = 'REVIEW' and activated_at is not null))")
@NamedNativeQuery(
    name = "Party.abandoned",
    query =
        "select id from party where state = 'APPLIED' and registered_at <= ?1"
            + " order by registered_at limit ?2")
@NamedNativeQuery(
    name = "Party.verifiedUntil",
    resultClass = Party.class,
    query =
        "select * from party where state in ('ACTIVE', 'LAPSED') and verified_until <= ?1"
            + " and (verified_until, id) > (?2, ?3) order by verified_until, id limit ?4")
@NamedNativeQuery(
    name = "Party.verifiedUntilOfInstitution",
    resultClass = Party.class,
    query =
        "select * from party where institution_id = ?5 and state in ('ACTIVE', 'LAPSED')"
            + " and verified_until <= ?1 and (verified_until, id) > (?2, ?3)"
            + " order by verified_until, id limit ?4")
@NamedNativeQuery(
    name = "Party.verificationDue",
    query =
        "select id from party where state = 'ACTIVE' and verification_due_at <= ?1"
            + " order by verification_due_at limit ?2")
public class Party {
  /** States of parties that two people have found good. */
  static final String CUSTOMERS =
      "(org.tallystick.party.RegistrationState.APPROVED,"
          + " org.tallystick.party.RegistrationState.ACTIVE,"
          + " org.tallystick.party.RegistrationState.LAPSED,"
          + " org.tallystick.party.RegistrationState.SUSPENDED)";

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "party_seq")
  @SequenceGenerator(name = "party_seq", sequenceName = "party_seq", allocationSize = 50)
  @Column(name = "id")
  private long id;

  @Enumerated(EnumType.STRING)
  @Column(name = "kind", nullable = false, updatable = false)
  private PartyKind kind;

  @Enumerated(EnumType.STRING)
  @Column(name = "role", nullable = false, updatable = false)
  private PartyRole role;

  @Enumerated(EnumType.STRING)
  @Column(name = "state", nullable = false)
  private RegistrationState state;

  @Embedded private PartyIdentity identity;
  @Embedded private PartyIdentifiers identifiers;

  @Column(name = "contract_version", nullable = false)
  private int contractVersion;

  @Column(name = "contract_hash", nullable = false)
  private byte[] contractHash;

  @Column(name = "registered_at", nullable = false, updatable = false)
  private OffsetDateTime registeredAt;

  @Column(name = "activated_at")
  private @Nullable OffsetDateTime activatedAt;

  @Column(name = "verified_until")
  private @Nullable OffsetDateTime verifiedUntil;

  @Column(name = "verification_due_at")
  private @Nullable OffsetDateTime verificationDueAt;

  @Column(name = "institution_id", updatable = false)
  private @Nullable Long institution;

  @Column(name = "registered_by", updatable = false)
  private @Nullable String registeredBy;

  @Column(name = "ended_at")
  private @Nullable OffsetDateTime endedAt;

  @Column(name = "erased_at")
  private @Nullable OffsetDateTime erasedAt;

  @Version
  @Column(name = "version")
  private int version;

  /** For JPA. */
  protected Party() {}

  /** A party that applies under the given version of the agreement. */
  public Party(
      PartyKind kind,
      PartyRole role,
      PartyIdentity identity,
      PartyIdentifiers identifiers,
      int contractVersion,
      byte[] contractHash,
      OffsetDateTime registeredAt) {
    this.kind = kind;
    this.role = role;
    this.identity = identity;
    this.identifiers = identifiers;
    this.contractVersion = contractVersion;
    this.contractHash = contractHash.clone();
    this.registeredAt = registeredAt;
    this.state = RegistrationState.APPLIED;
  }

  /**
   * Moves to {@code next} and returns the line that records it.
   *
   * @throws IllegalStateException if {@code next} may not follow: callers ask {@link
   *     RegistrationState#permits} first
   */
  public PartyTransition moveTo(
      RegistrationState next, String actor, String reason, OffsetDateTime at) {
    if (!state.permits(next)) {
      throw new IllegalStateException(state + " does not permit " + next);
    }
    PartyTransition line = new PartyTransition(id, state, next, actor, reason, at);
    state = next;
    if (next == RegistrationState.ACTIVE && activatedAt == null) {
      activatedAt = at;
    }
    if (next.next().isEmpty()) {
      endedAt = at;
    }
    return line;
  }

  /**
   * An active party's identification was renewed in time; returns the line that records it.
   *
   * @throws IllegalStateException if the party is not active
   */
  public PartyTransition renew(String actor, String reason, OffsetDateTime at) {
    if (state != RegistrationState.ACTIVE) {
      throw new IllegalStateException("only what is active is renewed in place");
    }
    return new PartyTransition(id, state, state, actor, reason, at);
  }

  /**
   * The identification was found good.
   *
   * @param until how long it holds
   * @param due when the party is to be reminded first
   */
  public void verified(OffsetDateTime until, OffsetDateTime due) {
    verifiedUntil = until;
    verificationDueAt = due;
  }

  /** When the next reminder is due, or the lapse. */
  public void remindAt(OffsetDateTime due) {
    verificationDueAt = due;
  }

  /**
   * Says through which institution the party applies, before it is stored; it stays that one's.
   *
   * @param by who handed the application in, where it was not the party itself
   */
  public void applyThrough(long institutionId, @Nullable String by) {
    institution = institutionId;
    registeredBy = by;
  }

  /** Internal number of the institution through which the party came; empty without one. */
  public Optional<Long> institution() {
    return Optional.ofNullable(institution);
  }

  /** The internal number, never shown outside. */
  public long id() {
    return id;
  }

  /** Person or organisation. */
  public PartyKind kind() {
    return kind;
  }

  /** User or provider. */
  public PartyRole role() {
    return role;
  }

  /** Where the registration stands. */
  public RegistrationState state() {
    return state;
  }

  /** What the party is called. */
  public PartyIdentity identity() {
    return identity;
  }

  /** By what the party is known. */
  public PartyIdentifiers identifiers() {
    return identifiers;
  }

  /** Names the account inside codes: 16 random bytes. */
  public byte[] accountIdentifier() {
    return identifiers.accountIdentifier();
  }

  /** Names this party's own contract: 16 random bytes. */
  public byte[] contractId() {
    return identifiers.contractId();
  }

  /** The party has signed a version of the agreement; an older one changes nothing. */
  public void agree(int version, byte[] hash) {
    if (version > contractVersion) {
      contractVersion = version;
      contractHash = hash.clone();
    }
  }

  /** The newest version of the agreement that it has signed, or, before that, applied under. */
  public int contractVersion() {
    return contractVersion;
  }

  /** SHA-256 of that version's text. */
  public byte[] contractHash() {
    return contractHash.clone();
  }

  /** When the party applied. */
  public OffsetDateTime registeredAt() {
    return registeredAt;
  }

  /** Whether the party has ever been active: a device of its own signed the agreement then. */
  public boolean wasActive() {
    return activatedAt != null;
  }

  /** How long the identification holds; empty where it was never found good. */
  public Optional<OffsetDateTime> verifiedUntil() {
    return Optional.ofNullable(verifiedUntil);
  }

  /** When the next reminder or the lapse is due. */
  public Optional<OffsetDateTime> verificationDueAt() {
    return Optional.ofNullable(verificationDueAt);
  }

  /** When the registration was refused or closed; empty for one that was not. */
  public Optional<OffsetDateTime> endedAt() {
    return Optional.ofNullable(endedAt);
  }

  /** Whether the party was erased: only its numbers are left. */
  public boolean erased() {
    return erasedAt != null;
  }

  /** Whether the identification holds now and devices may be enrolled. */
  public boolean mayEnrol(OffsetDateTime now) {
    return state.mayEnrol() && (verifiedUntil == null || now.isBefore(verifiedUntil));
  }

  @Override
  public String toString() {
    return "Party(" + id + ", " + role + ", " + state + ")";
  }
}

package org.tallystick.party;

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

/**
 * Who moved a registration from one state to another, when and why; written once, never changed.
 */
@Entity
@Table(name = "party_transition")
@NamedQuery(
    name = "PartyTransition.ofParty",
    query = "select t from PartyTransition t where t.partyId = :party order by t.id")
public class PartyTransition {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "party_transition_seq")
  @SequenceGenerator(
      name = "party_transition_seq",
      sequenceName = "party_transition_seq",
      allocationSize = 1)
  @Column(name = "id")
  private long id;

  @Column(name = "party_id", nullable = false, updatable = false)
  private long partyId;

  @Enumerated(EnumType.STRING)
  @Column(name = "from_state", nullable = false, updatable = false)
  private RegistrationState from;

  @Enumerated(EnumType.STRING)
  @Column(name = "to_state", nullable = false, updatable = false)
  private RegistrationState to;

  @Column(name = "actor", nullable = false, updatable = false)
  private String actor;

  @Column(name = "reason", nullable = false, updatable = false)
  private String reason;

  @Column(name = "proposed_by", updatable = false)
  private @Nullable String proposedBy;

  @Column(name = "at", nullable = false, updatable = false)
  private OffsetDateTime at;

  /** For JPA. */
  protected PartyTransition() {}

  PartyTransition(
      long partyId,
      RegistrationState from,
      RegistrationState to,
      String actor,
      String reason,
      OffsetDateTime at) {
    this.partyId = partyId;
    this.from = from;
    this.to = to;
    this.actor = actor;
    this.reason = reason;
    this.at = at;
  }

  /** Notes who had proposed what the actor confirms; before the line is kept. */
  public void proposedBy(String name) {
    proposedBy = name;
  }

  /** The party that moved. */
  public long partyId() {
    return partyId;
  }

  /** The state before. */
  public RegistrationState from() {
    return from;
  }

  /** The state after. */
  public RegistrationState to() {
    return to;
  }

  /** Who did it. */
  public String actor() {
    return actor;
  }

  /** Who had proposed it, where two people were needed. */
  public Optional<String> proposedBy() {
    return Optional.ofNullable(proposedBy);
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

package org.tallystick.partner;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
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
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tallystick.staff.Scope;

/**
 * A program of a partner bank. It proves itself by one of its keys or by its certificate, never by
 * both, and not at all once it is revoked.
 */
@Entity
@Table(name = "partner_client")
@NamedQuery(
    name = "PartnerClient.byName",
    query = "select c from PartnerClient c where c.name = :name")
@NamedQuery(
    name = "PartnerClient.ofInstitution",
    query =
        "select c from PartnerClient c where c.institution = :institution and c.id > :after"
            + " order by c.id")
public class PartnerClient {
  /** Where a client stands. */
  public enum State {
    ACTIVE,
    /** For good. */
    REVOKED
  }

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "partner_client_seq")
  @SequenceGenerator(
      name = "partner_client_seq",
      sequenceName = "partner_client_seq",
      allocationSize = 50)
  @Column(name = "id")
  private long id;

  @Column(name = "name", nullable = false, updatable = false)
  private String name;

  @Column(name = "institution_id", nullable = false, updatable = false)
  private long institution;

  @Enumerated(EnumType.STRING)
  @Column(name = "state", nullable = false)
  private State state;

  @Column(name = "certificate_hash")
  private byte @Nullable [] certificateHash;

  @ElementCollection(fetch = FetchType.LAZY)
  @CollectionTable(name = "partner_scope", joinColumns = @JoinColumn(name = "client_id"))
  @Column(name = "scope")
  @Enumerated(EnumType.STRING)
  private Set<Scope> scopes = new HashSet<>();

  @ElementCollection(fetch = FetchType.LAZY)
  @CollectionTable(name = "partner_key", joinColumns = @JoinColumn(name = "client_id"))
  private List<PartnerKey> keys = new ArrayList<>();

  @Column(name = "registered_at", nullable = false, updatable = false)
  private OffsetDateTime registeredAt;

  @Column(name = "version")
  private int version;

  /** For JPA. */
  protected PartnerClient() {}

  /** An active client that cannot prove itself yet. */
  public PartnerClient(String name, long institution, OffsetDateTime registeredAt) {
    this.name = name;
    this.institution = institution;
    this.registeredAt = registeredAt;
    this.state = State.ACTIVE;
  }

  /**
   * Proves itself from now on by one of these keys, or where there is none by a certificate, and
   * may do this and nothing else. Who calls this has locked the row.
   */
  public void become(
      List<PartnerKey> newKeys, byte @Nullable [] newCertificateHash, Set<Scope> newScopes) {
    keys.clear();
    keys.addAll(newKeys);
    certificateHash = newCertificateHash == null ? null : newCertificateHash.clone();
    scopes.clear();
    scopes.addAll(newScopes);
    version++;
  }

  /** Ends it for good. */
  public void revoke() {
    state = State.REVOKED;
    version++;
  }

  /** The internal number. */
  public long id() {
    return id;
  }

  /** Its client identifier, RFC 6749, 2.2. */
  public String name() {
    return name;
  }

  /** Internal number of the institution it works for. */
  public long institution() {
    return institution;
  }

  /** Where it stands. */
  public State state() {
    return state;
  }

  /** SHA-256 of its certificate, where it proves itself by one. */
  public Optional<byte[]> certificateHash() {
    return Optional.ofNullable(certificateHash).map(byte[]::clone);
  }

  /** What it may do. */
  public Set<Scope> scopes() {
    Set<Scope> copy = EnumSet.noneOf(Scope.class);
    copy.addAll(scopes);
    return copy;
  }

  /** Its keys, by name. */
  public List<PartnerKey> keys() {
    return keys.stream().sorted(Comparator.comparing(PartnerKey::kid)).toList();
  }

  /** When it was registered. */
  public OffsetDateTime registeredAt() {
    return registeredAt;
  }

  /** Goes up with each change. */
  public int version() {
    return version;
  }
}

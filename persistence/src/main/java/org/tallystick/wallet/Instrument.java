package org.tallystick.wallet;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing in a party's eWallet, called by a short name of the party's own choosing.
 *
 * <p>Added by its party, found by its short name whenever a code names it, one of them preferred;
 * removed it stays for the record and its name becomes free.
 */
@Entity
@Table(name = "instrument")
@NamedQuery(
    name = "Instrument.ofParty",
    query =
        "select i from Instrument i where i.partyId = :party and i.removed = false order by i.id")
@NamedQuery(
    name = "Instrument.byShorthand",
    query =
        "select i from Instrument i"
            + " where i.partyId = :party and i.shorthandKey = :key and i.removed = false")
@NamedQuery(
    name = "Instrument.preferred",
    query =
        "select i from Instrument i"
            + " where i.partyId = :party and i.preferred = true and i.removed = false")
@NamedQuery(
    name = "Instrument.byPan",
    query =
        "select i from Instrument i"
            + " where i.partyId = :party and i.card.panHash = :hash and i.removed = false")
@NamedQuery(
    name = "Instrument.byPublicId",
    query =
        "select i from Instrument i"
            + " where i.publicId = :publicId and i.partyId = :party and i.removed = false")
public class Instrument {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "instrument_seq")
  @SequenceGenerator(name = "instrument_seq", sequenceName = "instrument_seq", allocationSize = 50)
  @Column(name = "id")
  private long id;

  @Column(name = "public_id", nullable = false, updatable = false)
  private byte[] publicId;

  @Column(name = "party_id", nullable = false, updatable = false)
  private long partyId;

  @Enumerated(EnumType.STRING)
  @Column(name = "kind", nullable = false, updatable = false)
  private InstrumentKind kind;

  @Column(name = "shorthand", nullable = false)
  private String shorthand;

  @Column(name = "shorthand_key", nullable = false)
  private String shorthandKey;

  @Column(name = "ledger_account_id")
  private @Nullable Long ledgerAccountId;

  @Embedded private @Nullable CardOnFile card;

  @Column(name = "preferred", nullable = false)
  private boolean preferred;

  @Column(name = "removed", nullable = false)
  private boolean removed;

  @Column(name = "added_at", nullable = false, updatable = false)
  private OffsetDateTime addedAt;

  @Version
  @Column(name = "version")
  private int version;

  /** For JPA. */
  protected Instrument() {}

  private Instrument(
      byte[] publicId, long partyId, InstrumentKind kind, Shorthand name, OffsetDateTime addedAt) {
    this.publicId = publicId.clone();
    this.partyId = partyId;
    this.kind = kind;
    this.shorthand = name.text();
    this.shorthandKey = name.key();
    this.addedAt = addedAt;
  }

  /** A deposit account of the consortium. */
  public static Instrument account(
      byte[] publicId, long partyId, Shorthand name, long ledgerAccountId, OffsetDateTime addedAt) {
    Instrument made = new Instrument(publicId, partyId, InstrumentKind.ACCOUNT, name, addedAt);
    made.ledgerAccountId = ledgerAccountId;
    return made;
  }

  /** A card; an own card draws on a ledger account, a foreign one on none. */
  public static Instrument card(
      byte[] publicId,
      long partyId,
      Shorthand name,
      CardOnFile card,
      @Nullable Long ledgerAccountId,
      OffsetDateTime addedAt) {
    Instrument made = new Instrument(publicId, partyId, InstrumentKind.CARD, name, addedAt);
    made.card = card;
    made.ledgerAccountId = ledgerAccountId;
    return made;
  }

  /** Makes it the one that is taken where a code names none. */
  public void prefer() {
    preferred = true;
  }

  /** Another one is preferred now. */
  public void preferNoLonger() {
    preferred = false;
  }

  /** Takes it out of the wallet. */
  public void remove() {
    removed = true;
    preferred = false;
  }

  /** Names it in addresses: 16 random bytes. */
  public byte[] publicId() {
    return publicId.clone();
  }

  /** Whose it is. */
  public long partyId() {
    return partyId;
  }

  /** Account or card. */
  public InstrumentKind kind() {
    return kind;
  }

  /** The party's own name for it. */
  public String shorthand() {
    return shorthand;
  }

  /** The ledger account it draws on, if it draws on one of ours. */
  public Optional<Long> ledgerAccountId() {
    return Optional.ofNullable(ledgerAccountId);
  }

  /** The card, if it is one. */
  public Optional<CardOnFile> card() {
    return kind == InstrumentKind.CARD ? Optional.ofNullable(card) : Optional.empty();
  }

  /** Whether it is taken where a code names none. */
  public boolean preferred() {
    return preferred;
  }

  /** When it was added. */
  public OffsetDateTime addedAt() {
    return addedAt;
  }
}

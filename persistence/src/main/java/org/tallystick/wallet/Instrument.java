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
 * <p>Added by its party and, where it is not of our own books, proven to be its own; found by its
 * short name whenever a code names it, one of them preferred; removed it stays for the record and
 * its name becomes free.
 */
@Entity
@Table(name = "instrument")
@NamedQuery(
    name = "Instrument.ofParty",
    query =
        "select i from Instrument i where i.partyId = :party and i.removed = false"
            + " order by i.place, i.id")
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
    name = "Instrument.byExternalNumber",
    query =
        "select i from Instrument i"
            + " where i.partyId = :party and i.external.numberHash = :hash and i.removed = false")
@NamedQuery(
    name = "Instrument.ofAccount",
    query =
        "select i from Instrument i" + " where i.ledgerAccountId = :account and i.partyId = :party")
@NamedQuery(
    name = "Instrument.addedSince",
    query = "select count(i) from Instrument i where i.partyId = :party and i.addedAt >= :since")
@NamedQuery(
    name = "Instrument.everywhereByPan",
    query =
        "select i, p.identifiers.registration from Instrument i, Party p"
            + " where i.card.panHash = :hash and p.id = i.partyId order by i.id")
@NamedQuery(
    name = "Instrument.everywhereByExternalNumber",
    query =
        "select i, p.identifiers.registration from Instrument i, Party p"
            + " where i.external.numberHash = :hash and p.id = i.partyId order by i.id")
@NamedQuery(
    name = "Instrument.accountOf",
    query =
        "select i.ledgerAccountId from Instrument i"
            + " where i.publicId = :publicId and i.partyId = :party and i.removed = false"
            + " and i.ledgerAccountId is not null")
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
  @Embedded private @Nullable ExternalAccount external;
  @Embedded private @Nullable InstrumentLimits limits;

  @Enumerated(EnumType.STRING)
  @Column(name = "verification", nullable = false)
  private VerificationState verification;

  @Column(name = "verified_at")
  private @Nullable OffsetDateTime verifiedAt;

  @Column(name = "place", nullable = false)
  private int place;

  @Column(name = "usable_from")
  private @Nullable OffsetDateTime usableFrom;

  @Column(name = "removed_at")
  private @Nullable OffsetDateTime removedAt;

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
    this.verification = VerificationState.UNVERIFIED;
    this.addedAt = addedAt;
  }

  /** A deposit account of the consortium: known to be its party's own. */
  public static Instrument account(
      byte[] publicId, long partyId, Shorthand name, long ledgerAccountId, OffsetDateTime addedAt) {
    Instrument made = new Instrument(publicId, partyId, InstrumentKind.ACCOUNT, name, addedAt);
    made.ledgerAccountId = ledgerAccountId;
    made.verified(addedAt);
    return made;
  }

  /** An account at another bank. */
  public static Instrument external(
      byte[] publicId,
      long partyId,
      Shorthand name,
      ExternalAccount external,
      OffsetDateTime addedAt) {
    Instrument made = new Instrument(publicId, partyId, InstrumentKind.EXTERNAL, name, addedAt);
    made.external = external;
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
  public void remove(OffsetDateTime at) {
    removed = true;
    removedAt = at;
    preferred = false;
  }

  /** It is the party's own. */
  public void verified(OffsetDateTime at) {
    verification = VerificationState.VERIFIED;
    verifiedAt = at;
  }

  /** The party is to prove that it is its own. */
  public void verifying() {
    verification = VerificationState.PENDING;
  }

  /** It was not proven to be the party's own. */
  public void notVerified() {
    verification = VerificationState.FAILED;
  }

  /** Calls it something else. */
  public void rename(Shorthand name) {
    shorthand = name.text();
    shorthandKey = name.key();
  }

  /** Puts it at a place among the others, counted from 1. */
  public void putAt(int newPlace) {
    place = newPlace;
  }

  /** Keeps it from being paid with until then. */
  public void restUntil(OffsetDateTime moment) {
    usableFrom = moment;
  }

  /** Sets other limits. */
  public void limit(InstrumentLimits newLimits) {
    limits = newLimits;
  }

  /** The internal number. */
  public long id() {
    return id;
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

  /** The account at another bank, if it is one. */
  public Optional<ExternalAccount> external() {
    return kind == InstrumentKind.EXTERNAL ? Optional.ofNullable(external) : Optional.empty();
  }

  /** Whether it is known to be the party's own. */
  public VerificationState verification() {
    return verification;
  }

  /** When that was found. */
  public Optional<OffsetDateTime> verifiedAt() {
    return Optional.ofNullable(verifiedAt);
  }

  /** Its place among the others. */
  public int place() {
    return place;
  }

  /** The limits that the party has set, if any. */
  public Optional<InstrumentLimits> limits() {
    return Optional.ofNullable(limits);
  }

  /** How much may be spent with it at a moment. */
  public Spending spending(OffsetDateTime moment) {
    return limits()
        .map(set -> new Spending(id, set.currency(), set.at(moment)))
        .orElseGet(() -> Spending.unlimited(id));
  }

  /** Whether it is still kept from being paid with at a moment. */
  public boolean restsAt(OffsetDateTime moment) {
    return usableFrom != null && moment.isBefore(usableFrom);
  }

  /** Until when it is kept from being paid with. */
  public Optional<OffsetDateTime> usableFrom() {
    return Optional.ofNullable(usableFrom);
  }

  /** Whether it was taken out of the wallet. */
  public boolean removed() {
    return removed;
  }

  /** When it was taken out. */
  public Optional<OffsetDateTime> removedAt() {
    return Optional.ofNullable(removedAt);
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

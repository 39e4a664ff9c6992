package org.tallystick.wallet;

import jakarta.persistence.Column;
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
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Two small amounts paid to an account at another bank, to see whether the party can read its
 * statement.
 *
 * <p>The party orders it; the back office pays it out and says so; then the party has ten days and
 * three tries to name both amounts. Whoever changes it holds its row's lock, after the party's
 * where that is locked too.
 */
@Entity
@Table(name = "micro_deposit")
@NamedQuery(
    name = "MicroDeposit.newest",
    query = "select m.id from MicroDeposit m where m.instrumentId = :instrument order by m.id desc")
@NamedQuery(
    name = "MicroDeposit.byPublicId",
    query = "select m.id from MicroDeposit m where m.publicId = :publicId")
@NamedQuery(
    name = "MicroDeposit.partyOf",
    query = "select m.partyId from MicroDeposit m where m.id = :id")
@NamedQuery(
    name = "MicroDeposit.inState",
    query =
        "select m, i, p.identifiers.registration from MicroDeposit m, Instrument i, Party p"
            + " where m.state = :state and m.id > :after and i.id = m.instrumentId"
            + " and p.id = m.partyId order by m.id")
@NamedQuery(
    name = "MicroDeposit.since",
    query =
        "select count(m) from MicroDeposit m where m.partyId = :party and m.orderedAt >= :since")
@NamedNativeQuery(
    name = "MicroDeposit.overdue",
    query =
        "select id from micro_deposit where state in ('ORDERED', 'SENT') and expires_at <= ?1"
            + " order by expires_at limit ?2")
public class MicroDeposit {
  /** How often the party may name wrong amounts. */
  public static final int MAX_TRIES = 3;

  /** How long an order and, once it is sent, the party has. */
  public static final Duration LIFE = Duration.ofDays(10);

  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "micro_deposit_seq")
  @SequenceGenerator(
      name = "micro_deposit_seq",
      sequenceName = "micro_deposit_seq",
      allocationSize = 50)
  @Column(name = "id")
  private long id;

  @Column(name = "public_id", nullable = false, updatable = false)
  private byte[] publicId;

  @Column(name = "instrument_id", nullable = false, updatable = false)
  private long instrumentId;

  @Column(name = "party_id", nullable = false, updatable = false)
  private long partyId;

  @Column(name = "currency", nullable = false, updatable = false)
  private String currency;

  @Column(name = "amounts_sealed", nullable = false, updatable = false)
  private byte[] amountsSealed;

  @Enumerated(EnumType.STRING)
  @Column(name = "state", nullable = false)
  private MicroDepositState state;

  @Column(name = "tries", nullable = false)
  private int tries;

  @Column(name = "ordered_at", nullable = false, updatable = false)
  private OffsetDateTime orderedAt;

  @Column(name = "expires_at", nullable = false)
  private OffsetDateTime expiresAt;

  @Column(name = "sent_at")
  private @Nullable OffsetDateTime sentAt;

  @Column(name = "sent_by")
  private @Nullable String sentBy;

  @Column(name = "ended_at")
  private @Nullable OffsetDateTime endedAt;

  @Version
  @Column(name = "version")
  private int version;

  /** For JPA. */
  protected MicroDeposit() {}

  /**
   * Orders one.
   *
   * @param publicId names it in addresses, 16 random bytes
   * @param instrumentId its number
   * @param amountsSealed both amounts, sealed
   */
  public MicroDeposit(
      byte[] publicId,
      long instrumentId,
      long partyId,
      String currency,
      byte[] amountsSealed,
      OffsetDateTime orderedAt) {
    this.publicId = publicId.clone();
    this.instrumentId = instrumentId;
    this.partyId = partyId;
    this.currency = currency;
    this.amountsSealed = amountsSealed.clone();
    this.state = MicroDepositState.ORDERED;
    this.orderedAt = orderedAt;
    this.expiresAt = orderedAt.plus(LIFE);
  }

  /**
   * The back office has paid it out: the party's time begins, unless the party has taken the
   * account out of its wallet meanwhile.
   */
  public void sent(String by, OffsetDateTime at) {
    if (sentAt != null) {
      throw new IllegalStateException(this + " was sent already");
    }
    sentBy = by;
    sentAt = at;
    if (state == MicroDepositState.ORDERED) {
      state = MicroDepositState.SENT;
      expiresAt = at.plus(LIFE);
    }
  }

  /** The party named the amounts. */
  public void confirm(OffsetDateTime at) {
    require(MicroDepositState.SENT);
    end(MicroDepositState.CONFIRMED, at);
  }

  /** The party named others; with the third time it has failed. */
  public void wrong(OffsetDateTime at) {
    require(MicroDepositState.SENT);
    tries++;
    if (tries == MAX_TRIES) {
      end(MicroDepositState.FAILED, at);
    }
  }

  /** Its time is over. */
  public void expire(OffsetDateTime at) {
    end(MicroDepositState.EXPIRED, at);
  }

  /** The account is in the wallet no more. */
  public void cancel(OffsetDateTime at) {
    end(MicroDepositState.CANCELLED, at);
  }

  private void end(MicroDepositState end, OffsetDateTime at) {
    if (!state.isOpen()) {
      throw new IllegalStateException(this + " is over");
    }
    state = end;
    endedAt = at;
  }

  private void require(MicroDepositState wanted) {
    if (state != wanted) {
      throw new IllegalStateException(this + " is not " + wanted);
    }
  }

  /** Whether its time is over at a moment. */
  public boolean isOverAt(OffsetDateTime moment) {
    return !moment.isBefore(expiresAt);
  }

  /** Names it in addresses: 16 random bytes. */
  public byte[] publicId() {
    return publicId.clone();
  }

  /** The number of the instrument. */
  public long instrumentId() {
    return instrumentId;
  }

  /** Whose it is. */
  public long partyId() {
    return partyId;
  }

  /** What is paid out, ISO 4217. */
  public String currency() {
    return currency;
  }

  /** Both amounts, sealed. */
  public byte[] amountsSealed() {
    return amountsSealed.clone();
  }

  /** Where it stands. */
  public MicroDepositState state() {
    return state;
  }

  /** How often the party may still name wrong amounts. */
  public int triesLeft() {
    return MAX_TRIES - tries;
  }

  /** When it was ordered. */
  public OffsetDateTime orderedAt() {
    return orderedAt;
  }

  /** When its time is over. */
  public OffsetDateTime expiresAt() {
    return expiresAt;
  }

  /** When it was paid out. */
  public Optional<OffsetDateTime> sentAt() {
    return Optional.ofNullable(sentAt);
  }

  /** Who of the staff said that it was paid out. */
  public Optional<String> sentBy() {
    return Optional.ofNullable(sentBy);
  }

  /** The internal number, by which pages go on. */
  public long id() {
    return id;
  }

  @Override
  public String toString() {
    return "MicroDeposit(" + id + ", " + state + ")";
  }
}

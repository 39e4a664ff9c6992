package org.tallystick.wallet;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.ledger.AccountKind;
import org.tallystick.ledger.EntryId;
import org.tallystick.ledger.Ledger;
import org.tallystick.ledger.Transfer;
import org.tallystick.money.Money;
import org.tallystick.page.Cursors;
import org.tallystick.page.Page;
import org.tallystick.party.Parties;
import org.tallystick.party.PartyKeys;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;

/** What the back office does with micro-deposits, and what time does with them. */
@Stateless
public class MicroDeposits {
  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @EJB PartyKeys keys;
  @EJB Ledger ledger;
  @Inject Cursors cursors;
  @Inject Clock clock;

  /** Those in a state, oldest first; {@code after} is the cursor of the page before. */
  public MicroDepositPage page(
      Actor actor, MicroDepositState state, Optional<String> after, int limit) {
    actor.require(Role.CLERK);
    actor.requireConsortium();
    String list = "micro-deposits/" + state;
    List<Object[]> found =
        entities
            .createNamedQuery("MicroDeposit.inState", Object[].class)
            .setParameter("state", state)
            .setParameter("after", cursors.position(list, after).flatMap(this::number).orElse(0L))
            .setMaxResults(limit + 1)
            .getResultList();
    Page<MicroDepositOrder> page =
        cursors
            .page(list, found, limit, row -> Base64Url.encode(((MicroDeposit) row[0]).publicId()))
            .map(row -> order((MicroDeposit) row[0], (Instrument) row[1], (byte[]) row[2]));
    return new MicroDepositPage(page.items(), page.next());
  }

  /**
   * The back office has paid both amounts out: books what it cost, once, and the party's time
   * begins. Empty where there is no such micro-deposit.
   */
  public Optional<MicroDepositOrder> sent(Actor actor, String microDeposit) {
    actor.require(Role.CLERK);
    actor.requireConsortium();
    Optional<Long> number = number(microDeposit);
    if (number.isEmpty()) {
      return Optional.empty();
    }
    MicroDeposit deposit =
        entities.find(MicroDeposit.class, number.get(), LockModeType.PESSIMISTIC_WRITE);
    if (deposit.sentAt().isEmpty()) {
      deposit.sent(actor.name(), now());
      book(deposit);
    }
    Instrument instrument = entities.find(Instrument.class, deposit.instrumentId());
    byte[] registration =
        parties.byId(deposit.partyId()).orElseThrow().identifiers().registration();
    return Optional.of(order(deposit, instrument, registration));
  }

  /** One entry over the sum, so that the books do not show the amounts. */
  private void book(MicroDeposit deposit) {
    String id = Base64Url.encode(deposit.publicId());
    Transfer order =
        new Transfer(
            EntryId.of("micro-deposit", id),
            "MICRO_DEPOSIT",
            id,
            ledger.ownAccount(AccountKind.VERIFICATION, deposit.currency()),
            ledger.ownAccount(AccountKind.CASH, deposit.currency()),
            Money.of(InstrumentProofs.amounts(keys, deposit).sum(), deposit.currency()));
    if (!ledger.transfer(order).inTheBooks()) {
      throw new IllegalStateException(deposit + " cannot be booked");
    }
  }

  /** Some whose time is over. */
  public List<Long> overdue(int limit) {
    List<?> found =
        entities
            .createNamedQuery("MicroDeposit.overdue")
            .setParameter(1, now())
            .setParameter(2, limit)
            .getResultList();
    return found.stream().map(id -> ((Number) id).longValue()).toList();
  }

  /** Ends one whose time is over, unless that has happened or the time was set anew. */
  @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
  public void expire(long id) {
    long party =
        entities
            .createNamedQuery("MicroDeposit.partyOf", Long.class)
            .setParameter("id", id)
            .getSingleResult();
    parties.byIdLocked(party);
    MicroDeposit deposit = entities.find(MicroDeposit.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (deposit.state().isOpen() && deposit.isOverAt(now())) {
      deposit.expire(now());
      entities.find(Instrument.class, deposit.instrumentId()).notVerified();
    }
  }

  private Optional<Long> number(String microDeposit) {
    byte[] publicId;
    try {
      publicId = Base64Url.decode(microDeposit);
    } catch (MalformedInputException e) {
      return Optional.empty();
    }
    return entities
        .createNamedQuery("MicroDeposit.byPublicId", Long.class)
        .setParameter("publicId", publicId)
        .getResultStream()
        .findFirst();
  }

  private MicroDepositOrder order(
      MicroDeposit deposit, Instrument instrument, byte[] registration) {
    ExternalAccount account = instrument.external().orElseThrow();
    @Nullable Amounts amounts =
        deposit.state() == MicroDepositState.ORDERED
            ? InstrumentProofs.amounts(keys, deposit)
            : null;
    return new MicroDepositOrder(
        Base64Url.encode(deposit.publicId()),
        deposit.state(),
        Base64Url.encode(registration),
        Base64Url.encode(instrument.publicId()),
        account.form(),
        account.country(),
        account.lastFour(),
        deposit.currency(),
        amounts == null ? null : (Integer) amounts.lower(),
        amounts == null ? null : (Integer) amounts.higher(),
        deposit.orderedAt(),
        deposit.sentAt().orElse(null),
        deposit.sentBy().orElse(null),
        deposit.expiresAt());
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}

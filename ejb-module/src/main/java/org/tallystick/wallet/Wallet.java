package org.tallystick.wallet;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.keys.KeyVault;
import org.tallystick.ledger.DefaultCurrency;
import org.tallystick.ledger.Ledger;
import org.tallystick.party.Parties;
import org.tallystick.party.Party;
import org.tallystick.wallet.PaymentSource.OnAccount;
import org.tallystick.wallet.PaymentSource.Reason;
import org.tallystick.wallet.PaymentSource.Unsupported;
import org.tallystick.wallet.WalletOutcome.Added;
import org.tallystick.wallet.WalletOutcome.AlreadyAdded;
import org.tallystick.wallet.WalletOutcome.CardExpired;
import org.tallystick.wallet.WalletOutcome.NotActive;
import org.tallystick.wallet.WalletOutcome.ShorthandTaken;

/**
 * A party's eWallet: accounts and cards under names of its own, so that no number is ever on a
 * device or in a code. Changes to one wallet take turns by a lock on the party's row.
 */
@Stateless
public class Wallet {
  private static final int PUBLIC_ID_LENGTH = 16;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @EJB Ledger ledger;
  @Inject DefaultCurrency defaultCurrency;
  @Inject OwnBins ownBins;
  @Inject KeyVault vault;
  @Inject Clock clock;
  @Inject SecureRandom random;

  /** Puts the party's deposit account in a currency into the wallet; opens it if need be. */
  public WalletOutcome addAccount(long partyId, String currency, Shorthand name) {
    Optional<WalletOutcome> obstacle = obstacle(partyId, name);
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    long account = ledger.openDeposit(partyId, currency);
    boolean known =
        ofParty(partyId).stream()
            .filter(i -> i.kind() == InstrumentKind.ACCOUNT)
            .anyMatch(i -> i.ledgerAccountId().equals(Optional.of(account)));
    if (known) {
      return new AlreadyAdded();
    }
    return added(Instrument.account(publicId(), partyId, name, account, now()));
  }

  /** Puts a card into the wallet; one of our own draws on the party's first deposit account. */
  public WalletOutcome addCard(long partyId, Pan pan, YearMonth expiry, Shorthand name) {
    Optional<WalletOutcome> obstacle = obstacle(partyId, name);
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    if (expiry.isBefore(YearMonth.now(clock))) {
      return new CardExpired();
    }
    byte[] hash = pan.searchHash(vault.searchKey());
    if (hasCard(partyId, hash)) {
      return new AlreadyAdded();
    }
    byte[] publicId = publicId();
    CardOnFile card =
        new CardOnFile(
            vault.personalKey().seal(pan.bytes(), "instrument/" + Base64Url.encode(publicId)),
            hash,
            pan.bin(),
            pan.lastFour(),
            expiry.toString());
    @Nullable Long account =
        ownBins.contains(pan.bin())
            ? (Long) ledger.openDeposit(partyId, defaultCurrency.code())
            : null;
    return added(Instrument.card(publicId, partyId, name, card, account, now()));
  }

  /** What is in the wallet, oldest first. */
  public List<InstrumentView> list(long partyId) {
    return ofParty(partyId).stream().map(this::view).toList();
  }

  /** Takes an instrument out; false where it is not there. */
  public boolean remove(long partyId, String instrument) {
    parties.byIdLocked(partyId);
    Optional<Instrument> found = byPublicId(partyId, instrument);
    found.ifPresent(Instrument::remove);
    return found.isPresent();
  }

  /** Makes an instrument the one that is taken where a code names none. */
  public boolean prefer(long partyId, String instrument) {
    parties.byIdLocked(partyId);
    Optional<Instrument> found = byPublicId(partyId, instrument);
    if (found.isPresent()) {
      preferred(partyId).ifPresent(Instrument::preferNoLonger);
      // only one row may be preferred at any moment
      entities.flush();
      found.get().prefer();
    }
    return found.isPresent();
  }

  /**
   * What a short name stands for; a blank one stands for the preferred instrument. Empty where the
   * wallet has nothing of that name.
   */
  public Optional<PaymentSource> source(long partyId, String shorthand) {
    Optional<Instrument> found =
        shorthand.isBlank()
            ? preferred(partyId)
            : Shorthand.of(shorthand).flatMap(name -> byShorthand(partyId, name));
    return found.map(this::sourceOf);
  }

  private PaymentSource sourceOf(Instrument instrument) {
    Optional<Long> account = instrument.ledgerAccountId();
    if (account.isEmpty()) {
      return new Unsupported(Reason.FOREIGN_CARD);
    }
    boolean expired =
        instrument
            .card()
            .map(card -> YearMonth.parse(card.expiry()).isBefore(YearMonth.now(clock)))
            .orElse(false);
    return expired ? new Unsupported(Reason.EXPIRED_CARD) : new OnAccount(account.get());
  }

  private Optional<WalletOutcome> obstacle(long partyId, Shorthand name) {
    Optional<Party> party = parties.byIdLocked(partyId);
    if (party.isEmpty() || !party.get().state().mayEnrol()) {
      return Optional.of(new NotActive());
    }
    return byShorthand(partyId, name).map(taken -> new ShorthandTaken());
  }

  private WalletOutcome added(Instrument instrument) {
    if (preferred(instrument.partyId()).isEmpty()) {
      instrument.prefer();
    }
    entities.persist(instrument);
    return new Added(view(instrument));
  }

  private InstrumentView view(Instrument instrument) {
    return InstrumentView.of(instrument, sourceOf(instrument) instanceof OnAccount);
  }

  private boolean hasCard(long partyId, byte[] hash) {
    return !ofPartyQuery("Instrument.byPan", partyId)
        .setParameter("hash", hash)
        .getResultList()
        .isEmpty();
  }

  private List<Instrument> ofParty(long partyId) {
    return ofPartyQuery("Instrument.ofParty", partyId).getResultList();
  }

  private Optional<Instrument> preferred(long partyId) {
    return ofPartyQuery("Instrument.preferred", partyId).getResultStream().findFirst();
  }

  private Optional<Instrument> byShorthand(long partyId, Shorthand name) {
    return ofPartyQuery("Instrument.byShorthand", partyId)
        .setParameter("key", name.key())
        .getResultStream()
        .findFirst();
  }

  private Optional<Instrument> byPublicId(long partyId, String instrument) {
    byte[] id;
    try {
      id = Base64Url.decode(instrument);
    } catch (MalformedInputException e) {
      return Optional.empty();
    }
    return ofPartyQuery("Instrument.byPublicId", partyId)
        .setParameter("publicId", id)
        .getResultStream()
        .findFirst();
  }

  private TypedQuery<Instrument> ofPartyQuery(String name, long partyId) {
    return entities.createNamedQuery(name, Instrument.class).setParameter("party", partyId);
  }

  private byte[] publicId() {
    byte[] drawn = new byte[PUBLIC_ID_LENGTH];
    random.nextBytes(drawn);
    return drawn;
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}

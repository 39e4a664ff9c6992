package org.tallystick.wallet;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.keys.KeyVault;
import org.tallystick.ledger.DefaultCurrency;
import org.tallystick.ledger.Ledger;
import org.tallystick.party.Parties;
import org.tallystick.party.Party;
import org.tallystick.party.PartyKeys;
import org.tallystick.wallet.WalletOutcome.Added;
import org.tallystick.wallet.WalletOutcome.AlreadyAdded;
import org.tallystick.wallet.WalletOutcome.CardExpired;
import org.tallystick.wallet.WalletOutcome.Changed;
import org.tallystick.wallet.WalletOutcome.Full;
import org.tallystick.wallet.WalletOutcome.NotActive;
import org.tallystick.wallet.WalletOutcome.NotThere;
import org.tallystick.wallet.WalletOutcome.ShorthandTaken;

/**
 * A party's eWallet: accounts and cards under names of its own, so that no number is ever on a
 * device or in a code. Changes to one wallet take turns by a lock on the party's row.
 */
@Stateless
public class Wallet {
  /** How many instruments one wallet holds. */
  static final int MAX_INSTRUMENTS = 32;

  /** How many may be added in a day, so that nobody tries out stolen numbers here. */
  static final int MAX_ADDED_A_DAY = 40;

  private static final int PUBLIC_ID_LENGTH = 16;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @EJB PartyKeys keys;
  @EJB Ledger ledger;
  @Inject DefaultCurrency defaultCurrency;
  @Inject OwnIssuer ownIssuer;
  @Inject LimitDelay limitDelay;
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
        register().ofParty(partyId).stream()
            .filter(i -> i.kind() == InstrumentKind.ACCOUNT)
            .anyMatch(i -> i.ledgerAccountId().equals(Optional.of(account)));
    if (known) {
      return new AlreadyAdded();
    }
    return added(Instrument.account(publicId(), partyId, name, account, now()));
  }

  /**
   * Puts a card into the wallet; one of our own is verified at once and draws on the party's first
   * deposit account.
   */
  public WalletOutcome addCard(long partyId, Pan pan, YearMonth expiry, Shorthand name) {
    Optional<WalletOutcome> obstacle = obstacle(partyId, name);
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    if (expiry.isBefore(YearMonth.now(clock))) {
      return new CardExpired();
    }
    byte[] hash = pan.searchHash(vault.searchKey());
    if (register().hasCard(partyId, hash)) {
      return new AlreadyAdded();
    }
    byte[] publicId = publicId();
    CardOnFile card =
        new CardOnFile(
            keys.of(partyId).seal(pan.bytes(), sealContext(publicId)),
            hash,
            pan.bin(),
            pan.lastFour(),
            expiry.toString());
    boolean own = ownIssuer.serves(pan.bin());
    @Nullable Long account =
        own ? (Long) ledger.openDeposit(partyId, defaultCurrency.code()) : null;
    Instrument added = Instrument.card(publicId, partyId, name, card, account, now());
    if (own && ownIssuer.inquire(pan, expiry) == AccountStatus.VERIFIED) {
      added.verified(now());
    }
    return added(added);
  }

  /** Puts an account at another bank into the wallet; the party has yet to prove that it is its. */
  public WalletOutcome addExternal(
      long partyId, AccountNumber number, String currency, Shorthand name) {
    Optional<WalletOutcome> obstacle = obstacle(partyId, name);
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    byte[] hash = number.searchHash(vault.searchKey());
    if (register().hasExternal(partyId, hash)) {
      return new AlreadyAdded();
    }
    byte[] publicId = publicId();
    ExternalAccount external =
        new ExternalAccount(
            number.form(),
            keys.of(partyId).seal(number.bytes(), sealContext(publicId)),
            hash,
            number.country(),
            currency,
            number.lastFour());
    return added(Instrument.external(publicId, partyId, name, external, now()));
  }

  /** What the number of an instrument is sealed for. */
  static String sealContext(byte[] publicId) {
    return "instrument/" + Base64Url.encode(publicId);
  }

  /** What is in the wallet, in the party's order. */
  public List<InstrumentView> list(long partyId) {
    return register().ofParty(partyId).stream().map(this::view).toList();
  }

  /** One instrument. */
  public Optional<InstrumentView> one(long partyId, String instrument) {
    return register().byPublicId(partyId, instrument).map(this::view);
  }

  /**
   * Takes an instrument out; false where it is not there. Charges that were granted with it are
   * declined from now on. What is held stays held until its payee completes it or its time is over:
   * the payee has delivered on the strength of it. A micro-deposit ends.
   */
  public boolean remove(long partyId, String instrument) {
    parties.byIdLocked(partyId);
    Optional<Instrument> found = register().byPublicId(partyId, instrument);
    found.ifPresent(
        removed -> {
          register()
              .newestMicroDeposit(removed)
              .filter(deposit -> deposit.state().isOpen())
              .ifPresent(deposit -> deposit.cancel(now()));
          removed.remove(now());
        });
    return found.isPresent();
  }

  /** Makes an instrument the one that is taken where a code names none. */
  public boolean prefer(long partyId, String instrument) {
    parties.byIdLocked(partyId);
    Optional<Instrument> found = register().byPublicId(partyId, instrument);
    if (found.isPresent()) {
      register().preferred(partyId).ifPresent(Instrument::preferNoLonger);
      // only one row may be preferred at any moment
      entities.flush();
      found.get().prefer();
    }
    return found.isPresent();
  }

  /** Calls an instrument something else; codes that name it as before find it no more. */
  public WalletOutcome rename(long partyId, String instrument, Shorthand name) {
    parties.byIdLocked(partyId);
    Optional<Instrument> found = register().byPublicId(partyId, instrument);
    if (found.isEmpty()) {
      return new NotThere();
    }
    Optional<Instrument> holder = register().byShorthand(partyId, name);
    if (holder.isPresent() && holder.get().id() != found.get().id()) {
      return new ShorthandTaken();
    }
    found.get().rename(name);
    return new Changed(view(found.get()));
  }

  /** Puts the instruments in order; false unless each of them is named once. */
  public boolean order(long partyId, List<String> instruments) {
    parties.byIdLocked(partyId);
    List<Instrument> all = register().ofParty(partyId);
    List<String> known =
        all.stream().map(instrument -> Base64Url.encode(instrument.publicId())).toList();
    if (instruments.size() != all.size()
        || !new HashSet<>(instruments).equals(new HashSet<>(known))) {
      return false;
    }
    for (int i = 0; i < all.size(); i++) {
      all.get(i).putAt(1 + instruments.indexOf(known.get(i)));
    }
    return true;
  }

  /**
   * What a short name stands for; a blank one stands for the preferred instrument. Empty where the
   * wallet has nothing of that name.
   */
  public Optional<PaymentSource> source(long partyId, String shorthand) {
    Optional<Instrument> found =
        shorthand.isBlank()
            ? register().preferred(partyId)
            : Shorthand.of(shorthand).flatMap(name -> register().byShorthand(partyId, name));
    return found.map(sources()::of);
  }

  private Optional<WalletOutcome> obstacle(long partyId, Shorthand name) {
    Optional<Party> party = parties.byIdLocked(partyId);
    if (party.isEmpty() || !party.get().state().mayEnrol()) {
      return Optional.of(new NotActive());
    }
    return register()
        .byShorthand(partyId, name)
        .<WalletOutcome>map(taken -> new ShorthandTaken())
        .or(() -> isFull(partyId) ? Optional.of(new Full()) : Optional.empty());
  }

  private boolean isFull(long partyId) {
    long addedToday =
        entities
            .createNamedQuery("Instrument.addedSince", Long.class)
            .setParameter("party", partyId)
            .setParameter("since", now().minusDays(1))
            .getSingleResult();
    return addedToday >= MAX_ADDED_A_DAY || register().ofParty(partyId).size() >= MAX_INSTRUMENTS;
  }

  private WalletOutcome added(Instrument instrument) {
    if (register().preferred(instrument.partyId()).isEmpty()) {
      instrument.prefer();
    }
    instrument.putAt(
        1
            + register().ofParty(instrument.partyId()).stream()
                .mapToInt(Instrument::place)
                .max()
                .orElse(0));
    restWhereLimitsAre(instrument);
    entities.persist(instrument);
    return new Added(view(instrument));
  }

  /**
   * Nobody gets around limits by adding another card to the account, or by taking out what has
   * limits and adding it again: what is new waits as long as a higher limit would.
   */
  private void restWhereLimitsAre(Instrument added) {
    OffsetDateTime now = now();
    OffsetDateTime lately = now.minus(limitDelay.get());
    boolean limited =
        added
            .ledgerAccountId()
            .map(account -> register().ofAccount(added.partyId(), account))
            .orElse(List.of())
            .stream()
            .filter(
                other -> !other.removed() || other.removedAt().filter(lately::isBefore).isPresent())
            .anyMatch(other -> !other.spending(now).limits().isNone());
    if (limited) {
      added.restUntil(now.plus(limitDelay.get()));
    }
  }

  private InstrumentView view(Instrument instrument) {
    return sources().view(instrument);
  }

  private Sources sources() {
    return new Sources(clock);
  }

  private InstrumentRegister register() {
    return new InstrumentRegister(entities);
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

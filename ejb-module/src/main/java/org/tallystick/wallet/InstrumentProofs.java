package org.tallystick.wallet;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.Optional;
import org.tallystick.codec.Base64Url;
import org.tallystick.party.Parties;
import org.tallystick.party.Party;
import org.tallystick.party.PartyKeys;
import org.tallystick.wallet.VerificationOutcome.CardRefused;
import org.tallystick.wallet.VerificationOutcome.CardToAsk;
import org.tallystick.wallet.VerificationOutcome.Exhausted;
import org.tallystick.wallet.VerificationOutcome.IssuerNotReachable;
import org.tallystick.wallet.VerificationOutcome.NotActive;
import org.tallystick.wallet.VerificationOutcome.NotOpen;
import org.tallystick.wallet.VerificationOutcome.NotThere;
import org.tallystick.wallet.VerificationOutcome.Standing;
import org.tallystick.wallet.VerificationOutcome.WrongAmounts;

/**
 * The transactions in which a party proves that an instrument is its own: by naming two small
 * amounts that were paid to an account, or by what a card's issuer says, who is asked in between.
 */
@Stateless
public class InstrumentProofs {
  /** How many micro-deposits a party may order, whatever accounts they go to. */
  static final int MAX_ORDERS = 5;

  /** In so long. */
  static final Duration ORDERS_PERIOD = Duration.ofDays(30);

  private static final int PUBLIC_ID_LENGTH = 16;

  @PersistenceContext(unitName = "tallystick")
  EntityManager entities;

  @EJB Parties parties;
  @EJB PartyKeys keys;
  @Inject Clock clock;
  @Inject SecureRandom random;

  /** How it stands; empty where the wallet has no such instrument. */
  public Optional<VerificationView> view(long partyId, String instrument) {
    return register().byPublicId(partyId, instrument).map(this::view);
  }

  /**
   * Begins a verification: orders a micro-deposit, or says which card is to be asked about. What is
   * verified or under way stays as it is.
   */
  public VerificationOutcome begin(long partyId, String instrument) {
    Optional<Party> party = parties.byIdLocked(partyId);
    Optional<Instrument> found = register().byPublicId(partyId, instrument);
    if (party.isEmpty() || found.isEmpty()) {
      return new NotThere();
    }
    if (!party.get().state().mayEnrol()) {
      return new NotActive();
    }
    Instrument begun = found.get();
    if (begun.verification() == VerificationState.VERIFIED
        || begun.verification() == VerificationState.PENDING) {
      return new Standing(view(begun));
    }
    Optional<CardOnFile> card = begun.card();
    return card.isPresent() ? cardToAsk(begun, card.get()) : order(begun);
  }

  private CardToAsk cardToAsk(Instrument instrument, CardOnFile card) {
    byte[] digits =
        keys.of(instrument.partyId())
            .open(card.panSealed(), Wallet.sealContext(instrument.publicId()));
    Pan pan = Pan.of(new String(digits, StandardCharsets.US_ASCII)).orElseThrow();
    return new CardToAsk(pan, YearMonth.parse(card.expiry()));
  }

  private VerificationOutcome order(Instrument instrument) {
    long ordered =
        entities
            .createNamedQuery("MicroDeposit.since", Long.class)
            .setParameter("party", instrument.partyId())
            .setParameter("since", now().minus(ORDERS_PERIOD))
            .getSingleResult();
    if (ordered >= MAX_ORDERS) {
      return new Exhausted();
    }
    byte[] publicId = new byte[PUBLIC_ID_LENGTH];
    random.nextBytes(publicId);
    MicroDeposit deposit =
        new MicroDeposit(
            publicId,
            instrument.id(),
            instrument.partyId(),
            instrument.external().orElseThrow().currency(),
            keys.of(instrument.partyId()).seal(Amounts.draw(random).bytes(), sealContext(publicId)),
            now());
    entities.persist(deposit);
    instrument.verifying();
    return new Standing(VerificationView.of(instrument, deposit));
  }

  /** What both amounts are sealed for. */
  static String sealContext(byte[] publicId) {
    return "micro-deposit/" + Base64Url.encode(publicId);
  }

  /** Writes down what a card's issuer said, if the card still waits for it. */
  public VerificationOutcome conclude(long partyId, String instrument, AccountStatus said) {
    parties.byIdLocked(partyId);
    Optional<Instrument> found =
        register().byPublicId(partyId, instrument).filter(i -> i.card().isPresent());
    if (found.isEmpty()) {
      return new NotThere();
    }
    return switch (said) {
      case VERIFIED -> {
        found.get().verified(now());
        yield new Standing(view(found.get()));
      }
      case NOT_VERIFIED -> {
        found.get().notVerified();
        yield new CardRefused();
      }
      case UNREACHABLE -> new IssuerNotReachable();
    };
  }

  /**
   * The party names both amounts, in any order. Naming the right ones again gives the same answer;
   * the third wrong time ends it. Two at once take turns, and both count.
   */
  public VerificationOutcome confirm(long partyId, String instrument, int one, int other) {
    parties.byIdLocked(partyId);
    Optional<Instrument> found = register().byPublicId(partyId, instrument);
    if (found.isEmpty()) {
      return new NotThere();
    }
    Instrument named = found.get();
    Optional<MicroDeposit> newest = register().newestMicroDeposit(named);
    if (newest.isEmpty()) {
      return new NotOpen();
    }
    MicroDeposit deposit = newest.get();
    boolean right = amounts(deposit).matches(Amounts.of(one, other));
    if (deposit.state() == MicroDepositState.CONFIRMED && right) {
      return new Standing(VerificationView.of(named, deposit));
    }
    if (deposit.state() != MicroDepositState.SENT || deposit.isOverAt(now())) {
      return new NotOpen();
    }
    if (right) {
      deposit.confirm(now());
      named.verified(now());
      return new Standing(VerificationView.of(named, deposit));
    }
    deposit.wrong(now());
    if (!deposit.state().isOpen()) {
      named.notVerified();
    }
    return new WrongAmounts(deposit.triesLeft());
  }

  private Amounts amounts(MicroDeposit deposit) {
    return amounts(keys, deposit);
  }

  static Amounts amounts(PartyKeys keys, MicroDeposit deposit) {
    return Amounts.ofBytes(
        keys.of(deposit.partyId()).open(deposit.amountsSealed(), sealContext(deposit.publicId())));
  }

  private VerificationView view(Instrument instrument) {
    return VerificationView.of(
        instrument,
        instrument.kind() == InstrumentKind.EXTERNAL
            ? register().newestMicroDeposit(instrument).orElse(null)
            : null);
  }

  private InstrumentRegister register() {
    return new InstrumentRegister(entities);
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}

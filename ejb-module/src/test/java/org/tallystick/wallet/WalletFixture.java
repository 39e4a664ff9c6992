package org.tallystick.wallet;

import java.time.YearMonth;
import java.util.List;
import org.tallystick.ledger.LedgerFixture;
import org.tallystick.node.Environment;
import org.tallystick.node.Server;
import org.tallystick.page.CursorsFixture;
import org.tallystick.party.BackOffice;

/** The eWallet's beans wired by hand. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class WalletFixture {
  private WalletFixture() {}

  public static Wallet wallet(BackOffice office) {
    Wallet wallet = new Wallet();
    wallet.entities = office.entities;
    wallet.parties = office.parties;
    wallet.ledger = office.ledger;
    wallet.defaultCurrency = LedgerFixture.defaultCurrency(office.environment);
    wallet.ownIssuer = ownIssuer(office);
    wallet.limitDelay = limitDelay(office.environment);
    wallet.vault = office.vault;
    wallet.keys = office.keys;
    wallet.clock = office.clock;
    wallet.random = office.random;
    return wallet;
  }

  static OwnIssuer ownIssuer(BackOffice office) {
    OwnIssuer issuer = new OwnIssuer();
    issuer.ownBins = OwnBinsFixture.of(office.environment);
    issuer.clock = office.clock;
    return issuer;
  }

  public static LimitDelay limitDelay(Environment environment) {
    LimitDelay delay = new LimitDelay();
    delay.environment = environment;
    return delay;
  }

  public static SpendingDesk spending(BackOffice office) {
    SpendingDesk desk = new SpendingDesk();
    desk.entities = office.entities;
    desk.parties = office.parties;
    desk.ledger = office.ledger;
    desk.limitDelay = limitDelay(office.environment);
    desk.clock = office.clock;
    return desk;
  }

  public static InstrumentProofs verifications(BackOffice office) {
    InstrumentProofs verifications = new InstrumentProofs();
    verifications.entities = office.entities;
    verifications.parties = office.parties;
    verifications.keys = office.keys;
    verifications.clock = office.clock;
    verifications.random = office.random;
    return verifications;
  }

  /** Each step in a transaction of its own; the issuers are asked outside of any. */
  static VerificationDesk desk(BackOffice office, IssuerLink... links) {
    InstrumentProofs steps = verifications(office);
    VerificationDesk desk = new VerificationDesk();
    desk.issuers = new IssuerLinks(List.of(links));
    desk.verifications =
        new InstrumentProofs() {
          @Override
          public VerificationOutcome begin(long partyId, String instrument) {
            return Server.inTransaction(office.entities, () -> steps.begin(partyId, instrument));
          }

          @Override
          public VerificationOutcome conclude(long partyId, String instrument, AccountStatus said) {
            return Server.inTransaction(
                office.entities, () -> steps.conclude(partyId, instrument, said));
          }
        };
    return desk;
  }

  public static MicroDeposits microDeposits(BackOffice office) {
    MicroDeposits deposits = new MicroDeposits();
    deposits.entities = office.entities;
    deposits.parties = office.parties;
    deposits.ledger = office.ledger;
    deposits.keys = office.keys;
    deposits.cursors = CursorsFixture.cursors(office.vault);
    deposits.clock = office.clock;
    return deposits;
  }

  public static DeliveryPlaces places(BackOffice office) {
    DeliveryPlaces places = new DeliveryPlaces();
    places.entities = office.entities;
    places.parties = office.parties;
    places.keys = office.keys;
    places.clock = office.clock;
    places.random = office.random;
    return places;
  }

  public static OwnNumbers numbers(BackOffice office) {
    OwnNumbers numbers = new OwnNumbers();
    numbers.entities = office.entities;
    numbers.keys = office.keys;
    return numbers;
  }

  public static InstrumentSearches searches(BackOffice office) {
    InstrumentSearches searches = new InstrumentSearches();
    searches.entities = office.entities;
    searches.vault = office.vault;
    searches.cursors = CursorsFixture.cursors(office.vault);
    searches.clock = office.clock;
    return searches;
  }

  /** A link that serves one BIN and always says the same; or fails. */
  record FixedLink(String bin, AccountStatus says) implements IssuerLink {
    @Override
    public boolean serves(String asked) {
      return bin.equals(asked);
    }

    @Override
    public AccountStatus inquire(Pan pan, YearMonth expiry) {
      return says;
    }
  }
}

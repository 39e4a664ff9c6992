package org.tallystick.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.tallystick.keys.Bank;
import org.tallystick.node.Server;
import org.tallystick.page.CursorsFixture;
import org.tallystick.party.BackOffice;
import org.tallystick.party.Party;
import org.tallystick.wallet.WalletFixture;

/** The beans for erasure wired by hand. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class PrivacyFixture {
  private PrivacyFixture() {}

  public static Eraser eraser(BackOffice office) {
    Eraser eraser = new Eraser();
    eraser.entities = office.entities;
    eraser.parties = office.parties;
    eraser.vault = office.vault;
    eraser.clock = office.clock;
    eraser.random = office.random;
    return eraser;
  }

  public static Exports exports(BackOffice office) {
    Exports exports = new Exports();
    exports.entities = office.entities;
    exports.parties = office.parties;
    exports.keys = office.keys;
    exports.identifications = office.identifications;
    exports.documents = office.documents;
    exports.places = WalletFixture.places(office);
    exports.numbers = WalletFixture.numbers(office);
    exports.bank = new Bank(office.environment);
    exports.vault = office.vault;
    exports.clock = office.clock;
    return exports;
  }

  public static OpenedExports openedExports(BackOffice office) {
    OpenedExports exports = new OpenedExports();
    exports.entities = office.entities;
    exports.parties = office.parties;
    exports.exports = exports(office);
    exports.clock = office.clock;
    exports.random = office.random;
    return exports;
  }

  /** What a party gets that opens an export and fetches it, each in a transaction. */
  static ExportArchive own(BackOffice office, OpenedExports exports, Party party) {
    ExportOutcome.Opened opened =
        (ExportOutcome.Opened) Server.inTransaction(office.entities, () -> exports.openOwn(party));
    return ((ExportOutcome.Fetched)
            Server.inTransaction(office.entities, () -> exports.fetchOwn(party, opened.export())))
        .archive();
  }

  public static Erasures erasures(BackOffice office) {
    Erasures erasures = new Erasures();
    erasures.entities = office.entities;
    erasures.parties = office.parties;
    erasures.eraser = eraser(office);
    erasures.proposals = proposals(office);
    erasures.periods = new RetentionPeriods(office.environment);
    erasures.cursors = CursorsFixture.cursors(office.vault);
    erasures.clock = office.clock;
    return erasures;
  }

  public static ErasureProposals proposals(BackOffice office) {
    ErasureProposals proposals = new ErasureProposals();
    proposals.entities = office.entities;
    proposals.parties = office.parties;
    proposals.clock = office.clock;
    return proposals;
  }

  /** What a node does when it starts, each call in a transaction as in the container, and says. */
  public static List<LogRecord> start(BackOffice office) {
    Eraser eraser = eraser(office);
    ErasedAtStart start = new ErasedAtStart();
    start.eraser =
        new Eraser() {
          @Override
          public List<String> backAgain() {
            return Server.inTransaction(office.entities, eraser::backAgain);
          }

          @Override
          public boolean again(String registration) {
            return Server.inTransaction(office.entities, () -> eraser.again(registration));
          }
        };
    List<LogRecord> said = new ArrayList<>();
    Logger logger = Logger.getLogger(ErasedAtStart.class.getName());
    Handler listener =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            said.add(line);
          }

          @Override
          public void flush() {
            // each line is there at once
          }

          @Override
          public void close() {
            // nothing is open
          }
        };
    logger.addHandler(listener);
    try {
      start.erase();
    } finally {
      logger.removeHandler(listener);
    }
    return said;
  }
}

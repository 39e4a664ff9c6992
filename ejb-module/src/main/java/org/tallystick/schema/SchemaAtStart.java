package org.tallystick.schema;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import javax.sql.DataSource;
import org.tallystick.device.NewDeviceLimit;
import org.tallystick.device.TermsLimit;
import org.tallystick.keys.Bank;
import org.tallystick.keys.KeyVault;
import org.tallystick.ledger.DefaultCurrency;
import org.tallystick.node.Environment;
import org.tallystick.node.ServerResources;
import org.tallystick.screening.RequiredLists;
import org.tallystick.wallet.LimitDelay;
import org.tallystick.wallet.OwnBins;

/**
 * Runs before all else: brings the database to this version's form and makes sure that this node
 * belongs to it: same keys, same key folder, same bank. Beans that use the database at start-up
 * depend on this one; those of another module ask {@link #ready}.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class SchemaAtStart {
  private static final Logger LOG = System.getLogger(SchemaAtStart.class.getName());

  @EJB ServerResources resources;

  @Inject KeyVault vault;
  @Inject Environment environment;
  @Inject Bank bank;
  @Inject DefaultCurrency currency;
  @Inject OwnBins ownBins;
  @Inject NewDeviceLimit newDeviceLimit;
  @Inject TermsLimit termsLimit;
  @Inject LimitDelay limitDelay;
  @Inject RequiredLists requiredLists;

  /** Migrates, then compares; a failure keeps the application from starting. */
  @PostConstruct
  void migrate() {
    DataSource database = resources.database();
    int steps = Migration.run(database);
    LOG.log(Level.INFO, "database ready, {0} steps taken", steps);
    KeyCheck.require(database, vault.checkValue());
    new DayKeyCheck(database, vault, environment.nodeName()).require();
    compare(new BankSettings(database, environment.nodeName()));
  }

  private void compare(BankSettings settings) {
    settings.requireSame("consortium", "TALLYSTICK_CONSORTIUM", bank.consortium());
    settings.requireSame("currency", "TALLYSTICK_CURRENCY", currency.code());
    // these may change; the node that still has the old value is for the operator to restart
    takeOver(settings, "bank name", "TALLYSTICK_BANK_NAME", bank.name());
    takeOver(
        settings,
        "minimum suite",
        "TALLYSTICK_MINIMUM_SUITE",
        Integer.toString(bank.minimumSuite().value()));
    takeOver(settings, "own BINs", "TALLYSTICK_BINS", String.join(",", ownBins.all()));
    takeOver(
        settings,
        "new device limit",
        "TALLYSTICK_NEW_DEVICE_LIMIT",
        Integer.toString(newDeviceLimit.minor()));
    takeOver(
        settings, "terms limit", "TALLYSTICK_TERMS_LIMIT", Integer.toString(termsLimit.minor()));
    takeOver(
        settings,
        "limit raise hours",
        "TALLYSTICK_LIMIT_RAISE_HOURS",
        Long.toString(limitDelay.get().toHours()));
    takeOver(settings, "required lists", "TALLYSTICK_SCREENING_REQUIRED", requiredLists.text());
  }

  private static void takeOver(BankSettings settings, String name, String variable, String value) {
    settings
        .takeOver(name, value)
        .ifPresent(
            former ->
                LOG.log(
                    Level.WARNING,
                    "{0} was {1} at the last start of a node and is {2} now: start every node of"
                        + " this database with the same",
                    variable,
                    former,
                    value));
  }

  /** Returns once the database is ready for this node, and throws where the node must not start. */
  public void ready() {
    // the container has run migrate() before it lets anybody in
  }
}

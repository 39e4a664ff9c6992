package org.tallystick.ledger;

import jakarta.persistence.EntityManager;
import java.time.Clock;
import org.tallystick.node.Environment;

/** Wires the ledger's beans by hand. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class LedgerFixture {
  private LedgerFixture() {}

  public static Ledger ledger(EntityManager entities, Clock clock) {
    Ledger ledger = new Ledger();
    ledger.entities = entities;
    ledger.clock = clock;
    return ledger;
  }

  public static DefaultCurrency defaultCurrency(Environment environment) {
    DefaultCurrency currency = new DefaultCurrency();
    currency.environment = environment;
    return currency;
  }

  public static Teller teller(Ledger ledger) {
    Teller teller = new Teller();
    teller.ledger = ledger;
    return teller;
  }
}

package org.tallystick.party;

import jakarta.persistence.EntityManager;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import org.tallystick.keys.KeyVault;
import org.tallystick.keys.Pkcs12KeyVault;
import org.tallystick.ledger.Ledger;
import org.tallystick.ledger.LedgerFixture;
import org.tallystick.node.Environment;
import org.tallystick.node.MovableClock;
import org.tallystick.node.Server;
import org.tallystick.page.CursorsFixture;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;

/** The back office's beans wired by hand over one entity manager. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class BackOffice {
  public static final Actor CLERK = new Actor("clerk", Set.of(Role.CLERK));
  public static final Actor APPROVER = new Actor("approver", Set.of(Role.APPROVER));
  public static final Actor AUDITOR = new Actor("auditor", Set.of(Role.AUDITOR));

  public final EntityManager entities = Server.entityManager();
  public final MovableClock clock = new MovableClock();
  public final SecureRandom random = new SecureRandom();
  public final KeyVault vault;
  public final Environment environment = new Environment(Map.of());
  public final Ledger ledger;
  public final Parties parties = new Parties();
  public final Registrations registrations = new Registrations();

  public BackOffice(Path keys) {
    vault = Pkcs12KeyVault.open(keys, "a password".toCharArray(), clock, random);
    ledger = LedgerFixture.ledger(entities, clock);
    parties.entities = entities;
    parties.vault = vault;
    registrations.entities = entities;
    registrations.parties = parties;
    registrations.ledger = ledger;
    registrations.defaultCurrency = LedgerFixture.defaultCurrency(environment);
    registrations.vault = vault;
    registrations.cursors = CursorsFixture.cursors(vault);
    registrations.clock = clock;
    registrations.random = random;
  }

  /** A person that was approved. */
  public Party active() {
    Registered registered = apply();
    Server.inTransaction(
        entities, () -> registrations.approve(CLERK, registered.registration(), "known"));
    return parties.byRegistration(registered.registration()).orElseThrow();
  }

  public Registered apply() {
    return (Registered)
        register(
            new Application(
                PartyKind.PERSON, PartyRole.USER, "Ada Byron", null, null, "ada@example.org"));
  }

  public ApplicationOutcome register(Application application) {
    return Server.inTransaction(entities, () -> registrations.register(application));
  }
}

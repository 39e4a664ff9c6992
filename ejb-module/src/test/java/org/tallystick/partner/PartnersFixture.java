package org.tallystick.partner;

import java.util.EnumSet;
import java.util.List;
import org.tallystick.page.CursorsFixture;
import org.tallystick.party.BackOffice;
import org.tallystick.staff.Scope;

/** The beans for partner banks' programs wired by hand. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class PartnersFixture {
  private PartnersFixture() {}

  public static PartnerClients clients(BackOffice office) {
    PartnerClients clients = new PartnerClients();
    clients.entities = office.entities;
    clients.institutions = office.institutions;
    clients.cursors = CursorsFixture.cursors(office.vault);
    clients.clock = office.clock;
    return clients;
  }

  public static PartnerTokens tokens(BackOffice office) {
    PartnerTokens tokens = new PartnerTokens();
    tokens.entities = office.entities;
    tokens.rules = new AssertionRules();
    tokens.rules.environment = office.environment;
    tokens.rules.clock = office.clock;
    tokens.clock = office.clock;
    tokens.random = office.random;
    return tokens;
  }

  /** A certificate of 32 zeros, and all scopes. */
  public static ClientTerms certificate() {
    return new ClientTerms(List.of(), new byte[32], EnumSet.allOf(Scope.class));
  }
}

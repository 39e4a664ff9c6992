package org.tallystick.institution;

import jakarta.persistence.EntityManager;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import org.tallystick.institution.InstitutionOutcome.Stands;
import org.tallystick.keys.KeyVault;
import org.tallystick.node.Server;
import org.tallystick.page.CursorsFixture;
import org.tallystick.party.BackOffice;
import org.tallystick.staff.Actor;
import org.tallystick.staff.Role;
import org.tallystick.staff.Tenants;

/** The institutions' beans wired by hand. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class InstitutionsFixture {
  public static final Actor ADMINISTRATOR = new Actor("admin", Set.of(Role.ADMINISTRATOR));

  private InstitutionsFixture() {}

  public static Institutions institutions(
      EntityManager entities, KeyVault vault, Clock clock, SecureRandom random) {
    Institutions institutions = new Institutions();
    institutions.entities = entities;
    institutions.cursors = CursorsFixture.cursors(vault);
    institutions.clock = clock;
    institutions.random = random;
    return institutions;
  }

  public static Tenants active(Institutions institutions) {
    ActiveInstitutions active = new ActiveInstitutions();
    active.institutions = institutions;
    return active;
  }

  /** A brand that nothing is wrong with. */
  public static BrandDraft draft(String name) {
    return new BrandDraft(name, "#ffffff", "#003366", null, "Be good.\nPay what you owe.");
  }

  /** A new institution. */
  public static Institution opened(BackOffice office) {
    return ((Stands)
            Server.inTransaction(
                office.entities,
                () ->
                    office.institutions.create(ADMINISTRATOR, draft("Bank " + UUID.randomUUID()))))
        .institution();
  }

  public static void move(BackOffice office, byte[] publicId, InstitutionState next) {
    Server.inTransaction(
        office.entities,
        () ->
            office.institutions.move(
                ADMINISTRATOR, org.tallystick.codec.Base64Url.encode(publicId), next, "because"));
  }
}

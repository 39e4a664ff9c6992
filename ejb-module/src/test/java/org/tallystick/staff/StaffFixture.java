package org.tallystick.staff;

import org.tallystick.page.CursorsFixture;
import org.tallystick.party.BackOffice;

/** The staff's desk wired by hand, inside the transaction of the caller. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class StaffFixture {
  private StaffFixture() {}

  public static StaffDesk desk(BackOffice office) {
    StaffDesk desk = new StaffDesk();
    desk.register = register(office);
    desk.accounts = accounts(office);
    desk.passwords = passwords(office);
    desk.environment = office.environment;
    return desk;
  }

  public static PasswordHash password(BackOffice office) {
    return passwords(office).hash(passwords(office).oneTime());
  }

  private static Passwords passwords(BackOffice office) {
    Passwords passwords = new Passwords();
    passwords.random = office.random;
    passwords.environment = office.environment;
    passwords.begin();
    return passwords;
  }

  public static StaffAccounts accounts(BackOffice office) {
    StaffAccounts accounts = new StaffAccounts();
    accounts.entities = office.entities;
    accounts.sessions = new StaffSessions();
    accounts.sessions.entities = office.entities;
    accounts.cursors = CursorsFixture.cursors(office.vault);
    accounts.clock = office.clock;
    return accounts;
  }

  public static StaffRegister register(BackOffice office) {
    StaffRegister register = new StaffRegister();
    register.entities = office.entities;
    register.clock = office.clock;
    return register;
  }
}

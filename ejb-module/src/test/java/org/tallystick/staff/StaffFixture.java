package org.tallystick.staff;

import org.tallystick.party.BackOffice;

/** The staff's desk wired by hand, inside the transaction of the caller. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class StaffFixture {
  private StaffFixture() {}

  public static StaffDesk desk(BackOffice office) {
    StaffDesk desk = new StaffDesk();
    desk.register = register(office);
    desk.passwords = new Passwords();
    desk.passwords.random = office.random;
    desk.passwords.environment = office.environment;
    desk.environment = office.environment;
    return desk;
  }

  public static StaffRegister register(BackOffice office) {
    StaffRegister register = new StaffRegister();
    register.entities = office.entities;
    register.clock = office.clock;
    register.random = office.random;
    return register;
  }
}

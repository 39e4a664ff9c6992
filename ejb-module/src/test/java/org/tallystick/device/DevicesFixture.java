package org.tallystick.device;

import org.tallystick.keys.Bank;
import org.tallystick.node.Environment;
import org.tallystick.party.BackOffice;

/** The device beans wired by hand. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class DevicesFixture {
  private DevicesFixture() {}

  public static Devices over(BackOffice office) {
    Devices devices = new Devices();
    devices.entities = office.entities;
    devices.clock = office.clock;
    devices.parties = office.parties;
    return devices;
  }

  public static NewDeviceLimit newDeviceLimit(Environment environment) {
    NewDeviceLimit limit = new NewDeviceLimit();
    limit.environment = environment;
    return limit;
  }

  public static TermsLimit termsLimit(Environment environment) {
    TermsLimit limit = new TermsLimit();
    limit.environment = environment;
    return limit;
  }

  static Certificates certificates(BackOffice office) {
    Certificates certificates = new Certificates();
    certificates.devices = over(office);
    certificates.parties = office.parties;
    certificates.bank = new Bank(office.environment);
    certificates.vault = office.vault;
    certificates.clock = office.clock;
    return certificates;
  }
}

package org.tallystick.log;

import org.tallystick.party.BackOffice;

/** The auditor's view of logs wired by hand. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class DeviceLogsFixture {
  private DeviceLogsFixture() {}

  public static DeviceLogs over(BackOffice office) {
    DeviceLogs logs = new DeviceLogs();
    logs.entities = office.entities;
    logs.parties = office.parties;
    return logs;
  }
}

package org.tallystick.code;

import java.security.SecureRandom;
import org.tallystick.device.Aliases;
import org.tallystick.device.DevicesFixture;
import org.tallystick.keys.Bank;
import org.tallystick.node.Environment;
import org.tallystick.party.BackOffice;

/** The first stage wired by hand. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class CodeStageFixture {
  private CodeStageFixture() {}

  public static CodeStage over(BackOffice office) {
    return over(office, office.environment);
  }

  /** Of a bank that its operator has set up so. */
  public static CodeStage over(BackOffice office, Environment environment) {
    CodeStage stage = new CodeStage();
    stage.entities = office.entities;
    stage.parties = office.parties;
    stage.bank = new Bank(office.environment);
    stage.aliases = new Aliases(office.vault, new SecureRandom());
    stage.deviceKeys = new DeviceKeys();
    stage.newDeviceLimit = DevicesFixture.newDeviceLimit(environment);
    stage.termsLimit = DevicesFixture.termsLimit(environment);
    stage.vault = office.vault;
    stage.clock = office.clock;
    return stage;
  }
}

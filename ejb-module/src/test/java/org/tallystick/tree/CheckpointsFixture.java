package org.tallystick.tree;

import org.tallystick.keys.Bank;
import org.tallystick.party.BackOffice;

/** Checkpoints wired by hand. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class CheckpointsFixture {
  private CheckpointsFixture() {}

  public static CheckpointStage stage(BackOffice office) {
    CheckpointStage stage = new CheckpointStage();
    stage.entities = office.entities;
    stage.bank = new Bank(office.environment);
    stage.vault = office.vault;
    stage.clock = office.clock;
    return stage;
  }

  public static Checkpoints over(BackOffice office) {
    Checkpoints checkpoints = new Checkpoints();
    checkpoints.entities = office.entities;
    checkpoints.vault = office.vault;
    return checkpoints;
  }
}

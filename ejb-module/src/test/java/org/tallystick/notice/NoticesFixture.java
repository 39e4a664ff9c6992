package org.tallystick.notice;

import org.tallystick.keys.Bank;
import org.tallystick.party.BackOffice;

/** Notices wired by hand. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class NoticesFixture {
  private NoticesFixture() {}

  public static NoticeStage over(BackOffice office) {
    NoticeStage stage = new NoticeStage();
    stage.entities = office.entities;
    stage.bank = new Bank(office.environment);
    stage.vault = office.vault;
    stage.random = office.random;
    stage.clock = office.clock;
    return stage;
  }
}

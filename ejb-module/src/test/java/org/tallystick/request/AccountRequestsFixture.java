package org.tallystick.request;

import java.util.List;
import org.tallystick.code.DeviceKeys;
import org.tallystick.device.Aliases;
import org.tallystick.keys.Bank;
import org.tallystick.keys.KeySetsFixture;
import org.tallystick.party.BackOffice;

/** The requests that concern other devices of the account, or other parties, wired by hand. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class AccountRequestsFixture {
  private AccountRequestsFixture() {}

  public static RequestStage over(BackOffice office) {
    RequestStage stage = new RequestStage();
    stage.entities = office.entities;
    stage.bank = new Bank(office.environment);
    stage.aliases = new Aliases(office.vault, office.random);
    stage.deviceKeys = new DeviceKeys();
    stage.vault = office.vault;
    stage.challenges = challenges(office);
    stage.rules = new RequestRules(rules(office));
    stage.random = office.random;
    stage.clock = office.clock;
    return stage;
  }

  public static Challenges challenges(BackOffice office) {
    return new ChallengeKey().challenges(office.vault, office.clock, office.random);
  }

  public static StoredReplies replies(BackOffice office) {
    StoredReplies replies = new StoredReplies();
    replies.entities = office.entities;
    replies.clock = office.clock;
    return replies;
  }

  private static List<RequestRule<?>> rules(BackOffice office) {
    NotMeRule notMe = new NotMeRule();
    notMe.bank = new Bank(office.environment);
    CountersignRule countersign = new CountersignRule();
    countersign.bank = notMe.bank;
    countersign.deviceKeys = new DeviceKeys();
    LodgeRule lodge = new LodgeRule();
    lodge.bank = notMe.bank;
    lodge.keySets = KeySetsFixture.over(office, lodge.bank);
    NumberRule number = new NumberRule();
    number.bank = notMe.bank;
    number.random = office.random;
    return List.of(notMe, countersign, lodge, new FetchBillRule(), number);
  }
}

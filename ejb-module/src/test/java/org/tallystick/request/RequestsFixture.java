package org.tallystick.request;

import java.util.List;
import org.tallystick.agreement.AgreementsFixture;
import org.tallystick.code.DeviceKeys;
import org.tallystick.device.Aliases;
import org.tallystick.device.DevicesFixture;
import org.tallystick.keys.Bank;
import org.tallystick.keys.KeySetsFixture;
import org.tallystick.party.BackOffice;

/** Requests wired by hand. */
@SuppressWarnings("UnnecessaryAssignment") // the test stands in for the container
public final class RequestsFixture {
  private RequestsFixture() {}

  public static RequestStage over(BackOffice office) {
    return over(office, rules(office));
  }

  /** A bank that offers none of the kinds. */
  public static RequestStage withoutRules(BackOffice office) {
    return over(office, List.of());
  }

  private static RequestStage over(BackOffice office, List<RequestRule<?>> rules) {
    RequestStage stage = new RequestStage();
    stage.entities = office.entities;
    stage.bank = new Bank(office.environment);
    stage.aliases = new Aliases(office.vault, office.random);
    stage.deviceKeys = new DeviceKeys();
    stage.vault = office.vault;
    stage.challenges = challenges(office);
    stage.rules = new RequestRules(rules);
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
    StatusRule status = new StatusRule();
    status.keySets = KeySetsFixture.over(office, new Bank(office.environment));
    status.vault = office.vault;
    status.agreements = office.agreements;
    status.newDeviceLimit = DevicesFixture.newDeviceLimit(office.environment);
    RekeyRule rekey = new RekeyRule();
    rekey.vault = office.vault;
    rekey.aliases = new Aliases(office.vault, office.random);
    rekey.random = office.random;
    PinRule pin = new PinRule();
    pin.vault = office.vault;
    LevelPinRule levelPin = new LevelPinRule();
    levelPin.vault = office.vault;
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
    EndAuthorityRule endAuthority = new EndAuthorityRule();
    endAuthority.bank = notMe.bank;
    AgreeRule agree = new AgreeRule();
    agree.agreements = AgreementsFixture.signed(office);
    agree.bank = notMe.bank;
    agree.deviceKeys = new DeviceKeys();
    return List.of(
        status,
        rekey,
        new LogRule(),
        pin,
        levelPin,
        notMe,
        countersign,
        lodge,
        new FetchBillRule(),
        number,
        endAuthority,
        agree);
  }
}

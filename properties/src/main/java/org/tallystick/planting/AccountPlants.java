package org.tallystick.planting;

import static org.tallystick.planting.Plants.tests;
import static org.tallystick.planting.Property.SIGNATURE_HAS_ITS_PLACE;
import static org.tallystick.planting.SourceModule.DEVICE_SDK;
import static org.tallystick.planting.SourceModule.EJB;
import static org.tallystick.planting.SourceModule.PERSISTENCE;

import java.util.List;

/** Rules by which a party sees each device that is bound to its account; real devices notice. */
final class AccountPlants {
  private static final String SEEN = "org.tallystick.stage.NewDeviceIsSeenTest#";

  private AccountPlants() {}

  private static Plant plant(
      String name, SourceModule module, String type, String rule, String without, String... tests) {
    return new Plant(
        name,
        SIGNATURE_HAS_ITS_PLACE,
        module,
        "org.tallystick." + type,
        rule,
        without,
        tests(EJB, tests));
  }

  static List<Plant> all() {
    return List.of(
        plant(
            "notice-not-due-in-the-activating-transaction",
            PERSISTENCE,
            "device.DeviceRegister",
            "device.heardByOthers(line).ifPresent(subject -> announce(device, subject,"
                + " line.at()));",
            "",
            SEEN + "newDevice_isSeenByTheOlderOne_withTheKeyThatItSignsWith",
            SEEN + "activation_whoseNoticeCannotBeWritten_doesNotHappen"),
        plant(
            "notice-only-to-later-devices",
            EJB,
            "notice.NoticeBatch",
            "filter(at -> !at.isAfter(due.madeAt()))",
            "filter(at -> at.isAfter(due.madeAt()))",
            SEEN + "newDevice_isSeenByTheOlderOne_withTheKeyThatItSignsWith"),
        plant(
            "notice-not-kept",
            DEVICE_SDK,
            "device.NoticeDesk",
            "core.file().store(core.state().with(logged.with(after(logged)), notice));",
            "core.file().store(core.state().with(logged.with(after(logged))));",
            SEEN + "newDevice_isSeenByTheOlderOne_withTheKeyThatItSignsWith"),
        plant(
            "new-devices-not-listed",
            EJB,
            "request.StatusRule",
            "StatusResult.MAX_DEVICES)\n        .stream()",
            "StatusResult.MAX_DEVICES).stream().filter(d -> d.index() == asking.device().index())",
            SEEN + "newDevice_standsInWhatTheBankSaysOfTheAccount"));
  }
}

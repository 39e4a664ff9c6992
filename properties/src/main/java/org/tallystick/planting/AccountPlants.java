package org.tallystick.planting;

import static org.tallystick.planting.Plants.tests;
import static org.tallystick.planting.Property.SIGNATURE_HAS_ITS_PLACE;
import static org.tallystick.planting.SourceModule.DEVICE_SDK;
import static org.tallystick.planting.SourceModule.EJB;
import static org.tallystick.planting.SourceModule.PERSISTENCE;
import static org.tallystick.planting.SourceModule.PROTOCOL;

import java.util.List;

/**
 * Rules by which a party sees each device that is bound to its account, and by which its agreement
 * is its own; real devices notice.
 */
final class AccountPlants {
  private static final String SEEN = "org.tallystick.stage.NewDeviceIsSeenTest#";

  private static final String AGREED = "org.tallystick.stage.AgreementSigningTest#";

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
            SEEN + "newDevice_standsInWhatTheBankSaysOfTheAccount"),
        plant(
            "agreement-not-asked-for",
            PROTOCOL,
            "code.HalfCheck",
            "if (!sender.hasAgreed()) {",
            "if (sender == null) {",
            AGREED + "half_afterIt_isRefused_thePayeesWaits_andTheSignatureLetsItPass"),
        plant(
            "agreement-asked-for-before-it-is-in-force",
            PERSISTENCE,
            "code.BatchFacts",
            ".filter(version -> version.getValue() <= atMillis)",
            ".filter(version -> version.getValue() <= Long.MAX_VALUE)",
            AGREED + "half_beforeTheVersionIsInForce_isGood",
            AGREED + "half_thatWasOnDiskBefore_isOpenedUnderTheOldVersion"),
        plant(
            "agreement-of-another-text",
            EJB,
            "agreement.PartyAgreements",
            "if (!agreement.get().hasHash(word.hash())) {",
            "if (agreement.isEmpty()) {",
            AGREED + "wrongHash_foreignContract_unknownVersion_areRefused"),
        plant(
            "agreement-of-another-contract",
            EJB,
            "agreement.PartyAgreements",
            "|| !Arrays.equals(word.contractId(), device.evidence().contractId())",
            "",
            AGREED + "wrongHash_foreignContract_unknownVersion_areRefused"),
        plant(
            "older-agreement-taken",
            EJB,
            "agreement.PartyAgreements",
            "version < party.contractVersion() || version < agreements.inForce().version()",
            "version < 1",
            AGREED + "olderVersion_takesNothingBack"),
        plant(
            "agreement-published-by-one",
            EJB,
            "agreement.Publishing",
            "if (proposal.proposedBy().equals(actor.name())) {",
            "if (proposal.proposedBy().isEmpty()) {",
            "org.tallystick.stage.PublishingTest#version_isPublishedByTwoPeople_andInForceLater"));
  }
}

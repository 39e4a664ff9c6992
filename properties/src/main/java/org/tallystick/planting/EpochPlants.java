package org.tallystick.planting;

import static org.tallystick.planting.Plants.tests;
import static org.tallystick.planting.Property.ALL_SIDES_AGREE;
import static org.tallystick.planting.Property.CLONE_IS_FOUND;
import static org.tallystick.planting.Property.PIN_CANNOT_BE_GUESSED;
import static org.tallystick.planting.Property.SIDES_MEET_AGAIN;
import static org.tallystick.planting.Property.STATE_OPENS_NOTHING_BEFORE;
import static org.tallystick.planting.Property.STRANGER_HARMS_NOBODY;
import static org.tallystick.planting.SourceModule.DEVICE_SDK;
import static org.tallystick.planting.SourceModule.EJB;
import static org.tallystick.planting.SourceModule.PROTOCOL;

import java.util.List;

/** Rules of epochs and requests, each noticed by the tests of one module. */
final class EpochPlants {
  private static final String EPOCHS = "org.tallystick.code.EpochsTest#";
  private static final String FLOW = "org.tallystick.device.RequestFlowTest#";
  private static final String OLD_STATE = "org.tallystick.rekey.OldStateTest#";
  private static final String REQUESTS = "org.tallystick.stage.RequestsTest#";
  private static final String VECTORS = "org.tallystick.vectors.ProtocolVectorsTest#";

  private EpochPlants() {}

  private static Plant plant(
      String name,
      Property property,
      SourceModule module,
      SourceModule noticedIn,
      String type,
      String rule,
      String without,
      String... tests) {
    return new Plant(
        name, property, module, "org.tallystick." + type, rule, without, tests(noticedIn, tests));
  }

  static List<Plant> all() {
    return List.of(
        plant(
            "older-chain-stays-after-the-switch",
            STATE_OPENS_NOTHING_BEFORE,
            PROTOCOL,
            PROTOCOL,
            "sequencer.DeviceEpochs",
            "return with(newest, passed.closed(), kept.limited());",
            "return with(newest, passed, kept.limited());",
            EPOCHS + "state_afterTheSwitch_opensNothingOlder",
            EPOCHS + "open_numberThatTheOlderEpochNeverSealed_isGoneOnceItIsClosed"),
        plant(
            "agreement-not-in-the-new-epoch",
            STATE_OPENS_NOTHING_BEFORE,
            PROTOCOL,
            PROTOCOL,
            "rekey.RekeySchedule",
            "z.put(agreed.reveal()).put(second);",
            "z.put(new byte[agreed.length()]).put(second);",
            OLD_STATE + "oldState_afterARekey_opensNothing"),
        plant(
            "old-root-not-in-the-new-epoch",
            STATE_OPENS_NOTHING_BEFORE,
            PROTOCOL,
            PROTOCOL,
            "rekey.RekeySchedule",
            "Hkdf.extract(root.root().reveal(), input.reveal())",
            "Hkdf.extract(new byte[32], input.reveal())",
            OLD_STATE + "agreementAlone_withoutTheOldRoot_opensNothing"),
        plant(
            "switch-not-compared",
            CLONE_IS_FOUND,
            PROTOCOL,
            PROTOCOL,
            "code.CodeHistory",
            "return closedFits(signed) && prevFits(signed) && nextFits(signed, codeHash);",
            "return prevFits(signed) && nextFits(signed, codeHash);",
            EPOCHS + "open_otherClosedInALaterCodeOfTheEpoch_isAFork"),
        plant(
            "prev-across-the-switch-not-compared",
            CLONE_IS_FOUND,
            PROTOCOL,
            PROTOCOL,
            "code.CodeHistory",
            "before = new NumberAt(older.number(), closed(signed) - 1); // S7",
            "return true;",
            EPOCHS + "open_prevAcrossTheSwitch_isComparedWithTheLastCodeOfTheOlderEpoch"),
        plant(
            "other-label-of-the-request",
            ALL_SIDES_AGREE,
            PROTOCOL,
            PROTOCOL,
            "request.RequestKeys",
            "secret(\"request key\")",
            "secret(\"request\")",
            VECTORS + "vector_presented_isTakenOrRefusedAsPublished"),
        plant(
            "other-label-of-the-rekey",
            ALL_SIDES_AGREE,
            PROTOCOL,
            PROTOCOL,
            "rekey.RekeySchedule",
            "out(prk, \"string1\", 32, transcript)",
            "out(prk, \"string\", 32, transcript)",
            VECTORS + "vector_presented_isTakenOrRefusedAsPublished"),
        plant(
            "other-label-of-the-notice",
            ALL_SIDES_AGREE,
            PROTOCOL,
            PROTOCOL,
            "sequencer.NoticeKeys",
            "secret(\"notice key\")",
            "secret(\"notice\")",
            VECTORS + "vector_presented_isTakenOrRefusedAsPublished"),
        plant(
            "rekey-made-anew",
            SIDES_MEET_AGAIN,
            DEVICE_SDK,
            DEVICE_SDK,
            "device.RequestDesk",
            "PendingRequest open = bound == null ? null : bound.pending();",
            "PendingRequest open = null;",
            FLOW + "rekey_replyLostAfterItWasSent_isSettledByTheSameText"),
        plant(
            "rekey-not-stored",
            SIDES_MEET_AGAIN,
            DEVICE_SDK,
            DEVICE_SDK,
            "device.RequestDesk",
            "with(keeps ? asked.pending(open) : asked)",
            "with(asked)",
            FLOW + "rekey_replyLostAfterItWasSent_isSettledByTheSameText"),
        plant(
            "previous-root-not-tried",
            SIDES_MEET_AGAIN,
            DEVICE_SDK,
            DEVICE_SDK,
            "device.Rekeyer",
            "return previous == null || !isNewest(previous)",
            "return previous == null || !isNewest(previous) || true",
            FLOW + "bank_restoredToBeforeTheRekey_isMetUnderThePreviousRoot"),
        plant(
            "codes-from-before-a-restore-are-taken",
            SIDES_MEET_AGAIN,
            PROTOCOL,
            EJB,
            "code.CodeOpener",
            "epochs.recoveryEpoch(at) < recoveryEpoch;",
            "epochs.recoveryEpoch(at) < 0;",
            REQUESTS + "restoredBank_underARaisedRecoveryEpoch_movesNothing_untilARekey"),
        plant(
            "rekey-answered-anew",
            SIDES_MEET_AGAIN,
            EJB,
            EJB,
            "request.RequestAnswerer",
            "if (stored.isPresent()) {",
            "if (stored.isPresent() && nowMillis < 0) {",
            REQUESTS + "lostReply_toARekey_comesAgainByteForByte_andBothSidesGoOn"),
        plant(
            "stranger-hears-less-than-the-device",
            STRANGER_HARMS_NOBODY,
            EJB,
            EJB,
            "request.RequestAnswerer",
            "SealedReply.lookAlike(sealed.blocks(), tools.random())",
            "SealedReply.lookAlike(1, tools.random())",
            REQUESTS + "strangers_getAsManyBytesAsTheDevice_andNothingChanges"),
        plant(
            "second-rekey-of-an-epoch-goes-unnoticed",
            CLONE_IS_FOUND,
            PROTOCOL,
            EJB,
            "rekey.BankRekey",
            "if (request.body().epoch() != base.number()) {",
            "if (request.body().epoch() < 0) {",
            REQUESTS + "secondRekey_fromTheSameEpoch_suspends"),
        plant(
            "older-root-not-kept",
            CLONE_IS_FOUND,
            PROTOCOL,
            EJB,
            "sequencer.DeviceEpochs",
            "return older == null\n        ? List.of(newest.epochRoot())",
            "return newest != older\n        ? List.of(newest.epochRoot())",
            REQUESTS + "secondRekey_fromTheSameEpoch_suspends"),
        plant(
            "log-head-not-compared",
            CLONE_IS_FOUND,
            EJB,
            EJB,
            "code.Judgement",
            "return head != null && LogHeads.isSame(head, signed.logHead());",
            "return true;",
            "org.tallystick.stage.PinAndLimitTest#logHead_thatIsNotTheBanks_isAFork"),
        plant(
            "change-of-pin-stored",
            PIN_CANNOT_BE_GUESSED,
            DEVICE_SDK,
            DEVICE_SDK,
            "device.RequestDesk",
            "return inTurn(() -> settled().then(done -> fresh(maker, null, false)));",
            "return inTurn(() -> settled().then(done -> fresh(maker, null, true)));",
            "org.tallystick.device.PinChangeAtRestTest"
                + "#change_whoseReplyIsLost_leavesNoRequestInTheFile"));
  }
}

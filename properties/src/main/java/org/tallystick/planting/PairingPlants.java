package org.tallystick.planting;

import static org.tallystick.planting.Plants.tests;
import static org.tallystick.planting.Property.ONE_HALF_MOVES_NOTHING;
import static org.tallystick.planting.Property.PROVIDER_LEARNS_NOTHING;
import static org.tallystick.planting.Property.STRANGER_HARMS_NOBODY;
import static org.tallystick.planting.SourceModule.EJB;
import static org.tallystick.planting.SourceModule.PERSISTENCE;

import java.util.List;

/** Rules of pairing, P2 to P6, that are noticed over a real database. */
final class PairingPlants {
  private static final String FAILED = "org.tallystick.stage.FailedPayersTest#";
  private static final String STAGES = "org.tallystick.stage.StagesTest#";
  private static final String WAITING = "org.tallystick.stage.WaitingHalvesTest#";

  private PairingPlants() {}

  private static Plant plant(
      String name,
      Property property,
      SourceModule module,
      String type,
      String rule,
      String without,
      String... tests) {
    return new Plant(
        name, property, module, "org.tallystick." + type, rule, without, tests(EJB, tests));
  }

  static List<Plant> all() {
    return List.of(
        plant(
            "anybody-cancels",
            STRANGER_HARMS_NOBODY,
            EJB,
            "pairing.Placement",
            ".filter(payee -> payee.device() == cancel.device())",
            "",
            "org.tallystick.stage.ForeignCancelTest"
                + "#cancel_ofTheRightNumberByAnotherDevice_cancelsNothing"),
        plant(
            "late-twin-is-paired",
            ONE_HALF_MOVES_NOTHING,
            EJB,
            "pairing.Placement",
            "slot.isTooLateFor(half.receivedAt(), notAfter)",
            "notAfter.isBefore(half.receivedAt())",
            WAITING + "slowHalf_whoseTwinCameAfterItsTime_isExpired_thoughOpenedSecond"),
        plant(
            "payee-hears-the-payers-reason",
            PROVIDER_LEARNS_NOTHING,
            EJB,
            "pairing.Ending",
            "return role == Role.PAYEE ? payeeHears : payerHears;",
            "return payerHears;",
            STAGES + "unknownShorthand_isThePayersBusinessAlone",
            "org.tallystick.pairing.EndingTest#whatLiesWithThePayer_isNotHonouredToThePayee"),
        plant(
            "odd-half-ends-both",
            STRANGER_HARMS_NOBODY,
            EJB,
            "decision.DecisionBatch",
            "if (!ending.isThePayersAlone()) {",
            "if (ending != null) {",
            FAILED + "otherAmount_endsAlone_andAnotherPays",
            FAILED + "otherPayee_endsAlone_andAnotherPays",
            FAILED + "payerWhomThePayeeDidNotName_endsAlone_andTheNamedOnePays",
            FAILED + "oddHalf_thatWasFirst_endsWhenThePayeesComes_andAnotherPays",
            FAILED + "suspendedPayer_endsAlone_andAnotherPays"),
        plant(
            "odd-half-leaves-its-time",
            STRANGER_HARMS_NOBODY,
            PERSISTENCE,
            "pairing.Slot",
            "expiresAt = payeeNotAfter;",
            "",
            FAILED + "payeesHalf_waitsItsOwnTime_whateverTheOddOneSaid",
            FAILED + "payeesHalf_expires_whenItsOwnTimeIsOver"),
        plant(
            "odd-half-not-counted",
            STRANGER_HARMS_NOBODY,
            PERSISTENCE,
            "pairing.Slot",
            "expiresAt = payeeNotAfter;\n    countFailedPayerHalf();",
            "expiresAt = payeeNotAfter;",
            FAILED + "fifthOddHalf_endsThePayeesToo_andTheBillIsClosed",
            FAILED + "oddHalvesAndWrongPins_countTogether"),
        plant(
            "payee-who-is-not-good-waits-on",
            ONE_HALF_MOVES_NOTHING,
            EJB,
            "decision.Pair",
            "if (!payee.deviceActive()) {",
            "if (payee == payer) {",
            FAILED + "suspendedPayee_endsBoth_alsoWhereThePayersHalfIsOdd"));
  }
}

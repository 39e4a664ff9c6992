package org.tallystick.planting;

import static org.tallystick.planting.Plants.tests;
import static org.tallystick.planting.Property.CLONE_IS_FOUND;
import static org.tallystick.planting.Property.ONE_HALF_MOVES_NOTHING;
import static org.tallystick.planting.Property.ONE_KEY_ONE_CODE;
import static org.tallystick.planting.Property.PIN_CANNOT_BE_GUESSED;
import static org.tallystick.planting.Property.PROVIDER_LEARNS_NOTHING;
import static org.tallystick.planting.Property.SIDES_MEET_AGAIN;
import static org.tallystick.planting.Property.SIGNATURE_HAS_ITS_PLACE;
import static org.tallystick.planting.Property.STRANGER_HARMS_NOBODY;
import static org.tallystick.planting.SourceModule.DEVICE_SDK;
import static org.tallystick.planting.SourceModule.EJB;
import static org.tallystick.planting.SourceModule.PERSISTENCE;
import static org.tallystick.planting.SourceModule.PROTOCOL;
import static org.tallystick.planting.SourceModule.VERIFIER;

import java.util.List;

/** Rules that are noticed over a real database, by the bank's stages, or off line by an auditor. */
final class BankPlants {
  private static final String CRASH =
      "org.tallystick.stage.StageCrashTest"
          + "#bothStages_crashAtEveryWriteAndCommit_haveOneEffectAndSameAnswers";
  private static final String EXCHANGE = "org.tallystick.enrolment.EnrolmentExchangeTest#";
  private static final String GUESSING = "org.tallystick.stage.PinGuessingTest#";
  private static final String LATE = "org.tallystick.stage.LateDeliveryTest#";
  private static final String MESSAGES = "org.tallystick.enrolment.MessageTamperingTest#";
  private static final String RACE =
      "org.tallystick.stage.FinalAnswerRaceTest"
          + "#sweeperAndDecision_racing_leaveOneFinalAnswerEach";
  private static final String STAGES = "org.tallystick.stage.StagesTest#";
  private static final String VIEW = "org.tallystick.stage.ProviderViewTest#";

  private BankPlants() {}

  private static Plant plant(
      String name,
      Property property,
      SourceModule module,
      String type,
      String rule,
      String without,
      String... tests) {
    return new Plant(
        name,
        property,
        module,
        "org.tallystick." + type,
        rule,
        without,
        tests(module == VERIFIER ? VERIFIER : EJB, tests));
  }

  static List<Plant> all() {
    return List.of(
        plant(
            "stored-answer-not-given-again",
            ONE_KEY_ONE_CODE,
            EJB,
            "code.CodeBatch",
            "return answers.byCode(known);",
            "return List.of();",
            STAGES + "everythingAgain_changesNothing_andGivesTheSameBytes"),
        plant(
            "numbers-committed-before-halves",
            SIDES_MEET_AGAIN,
            EJB,
            "code.CodeBatch",
            "consumed.insert(opened.stream().map(OpenedCode::used).toList());",
            "consumed.insert(opened.stream().map(OpenedCode::used).toList());"
                + " connection.commit();",
            CRASH),
        plant(
            "decision-committed-before-answers",
            SIDES_MEET_AGAIN,
            EJB,
            "decision.DecisionBatch",
            "new AnswerRows(connection).insert(conclusion.answers());",
            "connection.commit(); new AnswerRows(connection).insert(conclusion.answers());",
            CRASH),
        plant(
            "slots-not-locked",
            SIDES_MEET_AGAIN,
            PERSISTENCE,
            "pairing.SlotRows",
            " order by s.id for update of s\"",
            " order by s.id\"",
            RACE),
        plant(
            "sweeper-ends-paired-slots",
            SIDES_MEET_AGAIN,
            PERSISTENCE,
            "sweep.SweepRows",
            "where state = 'OPEN' and expires_at < ?",
            "where state in ('OPEN', 'PAIRED') and expires_at < ?",
            RACE),
        plant(
            "wrong-message-ends-the-activation",
            STRANGER_HARMS_NOBODY,
            EJB,
            "enrolment.EnrolmentExchange",
            "return new BindOutcome.Refused(\"not authentic\");",
            "cancel(enrolment); return new BindOutcome.Refused(\"not authentic\");",
            MESSAGES + "message1_anyByteChanged_isRefused_andUsesNothingUp",
            MESSAGES + "message1_changedAfterTheTrueOne_cancelsNothing"),
        plant(
            "late-half-is-taken",
            ONE_HALF_MOVES_NOTHING,
            PROTOCOL,
            "code.HalfCheck",
            "return receivedAtMillis > half.signed().notAfterMillis()",
            "return receivedAtMillis < 0",
            LATE + "lateHalf_again_isTheSameAnswer"),
        plant(
            "key-bound-twice",
            SIGNATURE_HAS_ITS_PLACE,
            EJB,
            "enrolment.EnrolmentExchange",
            "if (devices.holdsKey(request.get().deviceKey().compressed())) {",
            "if (message1.length == 0) {",
            EXCHANGE + "keyThatIsBound_isRefused"),
        plant(
            "terms-of-another-key-are-evidence",
            SIGNATURE_HAS_ITS_PLACE,
            VERIFIER,
            "verifier.EvidenceVerifier",
            """
            SignedMap.decode(
                                    Signed.payload(
                                        raw.half(),
                                        binding.deviceKey(),
                                        "half",
                                        binding.suite(),
                                        consortium,
                                        bundle.number(),
                                        raw.account()))\
            """,
            "SignedMap.decode(CoseSign1.decode(raw.half()).payload())",
            "org.tallystick.verifier.EvidenceVerifierTest#verify_termsSignedByAnotherKey_failsV3"),
        plant(
            "commitment-without-salt",
            PROVIDER_LEARNS_NOTHING,
            PROTOCOL,
            "receipt.Receipt",
            "Cbor.of(salt),",
            "Cbor.of(new byte[16]),",
            VIEW + "commitments_toTheSamePayer_areDifferentEachTime",
            VIEW + "twoVisitsOfOne_shareNoMoreThanVisitsOfTwo"),
        plant(
            "verifier-without-secret-and-salt",
            PIN_CANNOT_BE_GUESSED,
            PROTOCOL,
            "pin.PinVerifier",
            "Secret.adopt(HmacSha256.of(pinSecret.reveal(), stretched.reveal()))",
            "Secret.adopt(Pbkdf2.sha256(pin, new byte[16], iterations, 32))",
            GUESSING + "database_withItsKeys_confirmsNoGuess"),
        plant(
            "bind-request-in-clear",
            PIN_CANNOT_BE_GUESSED,
            EJB,
            "device.DeviceVault",
            "return party.seal(sign1, context(deviceId, \"bind\"));",
            "return sign1;",
            GUESSING + "database_alone_holdsTheVerifierNowhereInClear"),
        plant(
            "device-keeps-the-verifier",
            PIN_CANNOT_BE_GUESSED,
            DEVICE_SDK,
            "device.Enroller",
            "Sha256.of(activation.code().reveal()),\n          sealed.message1(),",
            "verifier == null ? new byte[32] : verifier.clone(), sealed.message1(),",
            GUESSING + "deviceFile_withItsKey_confirmsNoGuess_atAnyTimeOfItsLife"),
        plant(
            "fork-not-suspended",
            CLONE_IS_FOUND,
            EJB,
            "code.Judgement",
            "code.device().suspend(step, now).ifPresent(transitions::add);",
            "",
            STAGES + "forgedSignature_suspends_andIsAnsweredWithError"));
  }
}

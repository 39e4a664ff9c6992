package org.tallystick.planting;

import static org.tallystick.planting.Plants.tests;
import static org.tallystick.planting.Property.ALL_SIDES_AGREE;
import static org.tallystick.planting.Property.CLONE_IS_FOUND;
import static org.tallystick.planting.Property.ONE_HALF_MOVES_NOTHING;
import static org.tallystick.planting.Property.ONE_KEY_ONE_CODE;
import static org.tallystick.planting.Property.SIGNATURE_HAS_ITS_PLACE;
import static org.tallystick.planting.Property.STATE_OPENS_NOTHING_BEFORE;
import static org.tallystick.planting.Property.STRANGER_HARMS_NOBODY;

import java.util.List;

/** Rules of the protocol module, noticed by its own tests. */
final class CodePlants {
  private static final String OPENER = "org.tallystick.code.CodeOpenerTest#";
  private static final String EPOCHS = "org.tallystick.code.EpochsTest#";
  private static final String ERASURE = "org.tallystick.code.SequencerErasureTest#";
  private static final String REWRAPPED = "org.tallystick.code.RewrappedSignatureTest#";
  private static final String CONDITIONS = "org.tallystick.pairing.ConditionsAgreementTest#";
  private static final String VECTORS = "org.tallystick.vectors.ProtocolVectorsTest#";

  private CodePlants() {}

  private static Plant plant(
      String name, Property property, String type, String rule, String without, String... tests) {
    return new Plant(
        name,
        property,
        SourceModule.PROTOCOL,
        "org.tallystick." + type,
        rule,
        without,
        tests(SourceModule.PROTOCOL, tests));
  }

  /** One item of the AAD that ties each signature to its place, one after the other. */
  private static Plant inTheAad(String name, String rule, String without) {
    return plant(
        name,
        SIGNATURE_HAS_ITS_PLACE,
        "format.Format",
        rule,
        without,
        REWRAPPED + "signature_underAContextWithOneItemChanged_isRefused");
  }

  static List<Plant> all() {
    return List.of(
        plant(
            "iv-not-recomputed",
            ONE_KEY_ONE_CODE,
            "format.Sealed",
            "        .filter("
                + "plain -> Arrays.equals(syntheticIv(ivKey, externalAad, plain), message.iv()))",
            "",
            VECTORS + "vector_presented_isTakenOrRefusedAsPublished"),
        plant(
            "code-key-serves-again",
            ONE_KEY_ONE_CODE,
            "sequencer.DeviceEpochs",
            "boolean wasSkipped = kept.remove(at);",
            "boolean wasSkipped = skipped.containsKey(at);",
            OPENER + "open_codesInReverseOrder_bothOpen"),
        plant(
            "number-outside-the-aad",
            ONE_KEY_ONE_CODE,
            "format.Format",
            "Cbor.of(number),",
            "Cbor.of(\"\"),",
            OPENER + "open_readdressedToAnotherTransaction_isDropped"),
        plant(
            "progress-under-the-answers-key",
            ONE_KEY_ONE_CODE,
            "answer.ReplyKeys",
            "progress(replyRoot, \"progress key\", i)",
            "Secret.adopt(expand(replyRoot, \"answer key\", 32))",
            "org.tallystick.answer.SealedProgressTest#progress_underTheAnswersKey_opensForNobody"),
        plant(
            "used-key-stays",
            STATE_OPENS_NOTHING_BEFORE,
            "sequencer.Epoch",
            "walk(open, suite, deviceId, keys.n(), passed).close();",
            "walk(open, suite, deviceId, keys.n() + 1, passed).close();",
            OPENER + "state_afterUse_opensNothingOlder"),
        plant(
            "next-chain-is-the-key-itself",
            STATE_OPENS_NOTHING_BEFORE,
            "sequencer.OneTimeKeys",
            "return secret(\"next\", 32);",
            "return skippedKey();",
            ERASURE + "bankState_afterItsCodes_opensNoneOfThem",
            ERASURE + "deviceState_afterItsCodes_opensNoneOfThem"),
        plant(
            "reply-root-is-the-codes-key",
            STATE_OPENS_NOTHING_BEFORE,
            "sequencer.OneTimeKeys",
            "secret(\"reply\", 32)",
            "secret(\"key\", 32)",
            ERASURE + "deviceState_afterItsCodes_opensNoneOfThem"),
        plant(
            "bad-tag-uses-up-the-number",
            STRANGER_HARMS_NOBODY,
            "code.CodeOpener",
            "return new OpenResult.Dropped(\"O5\");",
            "return new OpenResult.Compromised(\"O5\", new NumberAt(keys.epoch(), keys.n()),"
                + " code.hash(), keys.replyRoot(),"
                + " epochs.used(keys, nowMillis, skippedUntilMillis));",
            OPENER + "open_anyFlippedCharacter_neverOpensAndUsesNothingUp"),
        plant(
            "payee-squats-on-any-number",
            STRANGER_HARMS_NOBODY,
            "code.CodeOpener",
            "TransactionNumber.text(keys.number()).equals(code.number()); // else O8b",
            "code.number().length() > 0;",
            OPENER + "open_payeeUnderAForeignNumber_needsAReservationOfIt"),
        plant(
            "cancel-of-any-number",
            STRANGER_HARMS_NOBODY,
            "code.CodeOpener",
            "require(cancelled == null || cancelFits(code, signed, cancelled), \"O8\");",
            "",
            OPENER + "open_cancelOfANumberThatIsNotOwn_isCompromised"),
        plant(
            "amounts-need-not-agree",
            ONE_HALF_MOVES_NOTHING,
            "pairing.Agreement",
            "if (payer.amount().minor() != payee.amount().minor() + tip) {",
            "if (payer.amount().minor() < 0) {",
            "org.tallystick.pairing.AgreementTest#check_eachDifference_isNamed"),
        plant(
            "payee-need-not-be-named",
            ONE_HALF_MOVES_NOTHING,
            "pairing.Agreement",
            "names(payer.counterparty(), payee.accountIdentifier(), payer.conditions().terms())",
            "names(payer.counterparty(), payee.accountIdentifier(), true)",
            "org.tallystick.pairing.AgreementTest#check_eachDifference_isNamed"),
        plant(
            "tip-above-the-limit",
            ONE_HALF_MOVES_NOTHING,
            "code.Limits",
            "return tip == null || (highest != null && tip <= highest);",
            "return tip == null || highest != null;",
            CONDITIONS + "tip_aboveTheHighest_isAMismatch"),
        plant(
            "consent-beyond-what-was-asked",
            ONE_HALF_MOVES_NOTHING,
            "code.Conditions",
            "return (consent & ~asked.consent) == 0;",
            "return true;",
            CONDITIONS + "consent_isASubsetOfWhatWasAsked"),
        plant(
            "terms-mode-with-one-side",
            ONE_HALF_MOVES_NOTHING,
            "pairing.Agreement",
            "return payer.terms() == payee.terms() ? Optional.empty() :"
                + " Optional.of(Mismatch.TERMS);",
            "return Optional.empty();",
            CONDITIONS + "termsMode_isInBothOrInNeither"),
        inTheAad("type-outside-the-aad", "Cbor.of(type),", "Cbor.of(\"XX\"),"),
        inTheAad("version-outside-the-aad", "Cbor.of(VERSION),", "Cbor.of(9),"),
        inTheAad("suite-outside-the-aad", "suite.toCbor(),", "Cbor.of(9),"),
        inTheAad(
            "recipient-outside-the-aad",
            "suite.toCbor(),\n            Cbor.of(consortium),",
            "suite.toCbor(), Cbor.of(\"XX\"),"),
        inTheAad(
            "consortium-outside-the-aad",
            "Cbor.of(consortium),\n            Cbor.of(number),",
            "Cbor.of(\"XX\"), Cbor.of(number),"),
        inTheAad("transaction-outside-the-aad", "Cbor.of(number),", "Cbor.of(\"XX\"),"),
        inTheAad("account-outside-the-aad", "Cbor.of(account))", "Cbor.of(\"XX\"))"),
        plant(
            "typ-not-compared",
            SIGNATURE_HAS_ITS_PLACE,
            "cose.CoseSign1",
            "return header.typ().equals(expectedTyp)\n        &&",
            "return",
            REWRAPPED + "signature_whoseContextAndHeaderDisagree_isRefused"),
        plant(
            "device-key-not-asked",
            SIGNATURE_HAS_ITS_PLACE,
            "code.CodeOpener",
            "require(half.verify(deviceKey, Format.typ(\"half\"), aad), \"O7\");",
            "",
            REWRAPPED + "half_sealedAgainUnderOtherClearFields_isCompromised",
            REWRAPPED + "half_replacedByAnotherSignatureOfTheSameKey_isCompromised",
            OPENER + "open_goodTagButAnotherSigningKey_isCompromised"),
        plant(
            "prev-not-compared",
            CLONE_IS_FOUND,
            "code.CodeHistory",
            "return closedFits(signed) && prevFits(signed) && nextFits(signed, codeHash);",
            "return closedFits(signed);",
            OPENER + "open_copiedDeviceFile_isFoundAtItsFirstDivergentCode",
            OPENER + "open_lateCodeOfAnotherHistory_isFoundByItsAcceptedSuccessor"),
        plant(
            "prev-of-the-successor-not-compared",
            CLONE_IS_FOUND,
            "code.CodeHistory",
            "return closedFits(signed) && prevFits(signed) && nextFits(signed, codeHash);",
            "return closedFits(signed) && prevFits(signed);",
            OPENER + "open_lateCodeOfAnotherHistory_isFoundByItsAcceptedSuccessor",
            EPOCHS + "open_lastCodeOfTheOlderEpochLate_isComparedWithTheFirstOfTheNewer"),
        plant(
            "other-label-of-the-chain",
            ALL_SIDES_AGREE,
            "sequencer.OneTimeKeys",
            "secret(\"next\", 32)",
            "secret(\"chain\", 32)",
            VECTORS + "vector_presented_isTakenOrRefusedAsPublished",
            VECTORS + "generator_runAgain_givesThePublishedFiles"),
        plant(
            "other-tag-of-the-bill",
            ALL_SIDES_AGREE,
            "bill.Bill",
            "\"tallystick bill\"",
            "\"tallystick bills\"",
            VECTORS + "vector_presented_isTakenOrRefusedAsPublished"),
        plant(
            "high-s-is-taken",
            ALL_SIDES_AGREE,
            "cose.CoseSign1",
            "\n        && (header.algorithm() != SignatureAlgorithm.ES256"
                + " || VerificationKey.hasLowS(signature))",
            "",
            VECTORS + "vector_presented_isTakenOrRefusedAsPublished"));
  }
}

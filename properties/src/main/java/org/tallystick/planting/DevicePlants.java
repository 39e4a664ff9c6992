package org.tallystick.planting;

import static org.tallystick.planting.Plants.tests;
import static org.tallystick.planting.Property.CLONE_IS_FOUND;
import static org.tallystick.planting.Property.ONE_KEY_ONE_CODE;
import static org.tallystick.planting.Property.PROVIDER_LEARNS_NOTHING;
import static org.tallystick.planting.Property.SIDES_MEET_AGAIN;
import static org.tallystick.planting.Property.SIGNATURE_HAS_ITS_PLACE;
import static org.tallystick.planting.SourceModule.DEVICE_SDK;
import static org.tallystick.planting.SourceModule.PROTOCOL;

import java.util.List;

/** Rules that the device SDK's tests notice. */
final class DevicePlants {
  private static final String CRASH = "org.tallystick.device.CrashAtEveryWriteTest#";
  private static final String PAYER_OFF =
      CRASH + "payer_machineOffBeforeEachStep_paysOnceAllTheSame";
  private static final String PAYEE_OFF =
      CRASH + "payee_machineOffBeforeEachStep_isPaidOnceAllTheSame";
  private static final String SNAPSHOT = "org.tallystick.device.DeviceSnapshotTest#";
  private static final String TAMPERING = "org.tallystick.device.EnrolmentTamperingTest#";
  private static final String VISITS = "org.tallystick.device.TwoVisitsTest#";

  private DevicePlants() {}

  private static Plant plant(
      String name,
      Property property,
      SourceModule module,
      String type,
      String rule,
      String without,
      String... tests) {
    return new Plant(
        name, property, module, "org.tallystick." + type, rule, without, tests(DEVICE_SDK, tests));
  }

  static List<Plant> all() {
    return List.of(
        plant(
            "iv-of-the-address-alone",
            ONE_KEY_ONE_CODE,
            PROTOCOL,
            "format.Sealed",
            "Cbor.array(Cbor.of(externalAad), Cbor.of(plaintext)).encode()",
            "Cbor.array(Cbor.of(externalAad)).encode()",
            SNAPSHOT + "sameStateSameChance_otherPlaintext_hasAnotherIv"),
        plant(
            "state-not-forced",
            SIDES_MEET_AGAIN,
            DEVICE_SDK,
            "device.state.StateFile",
            "steps.force(temp);",
            "",
            PAYER_OFF),
        plant(
            "folder-not-forced",
            SIDES_MEET_AGAIN,
            DEVICE_SDK,
            "device.state.StateFile",
            "steps.forceFolder(PlatformKey.folderOf(file));",
            "",
            PAYER_OFF,
            PAYEE_OFF),
        plant(
            "half-not-in-the-outbox",
            SIDES_MEET_AGAIN,
            DEVICE_SDK,
            "device.HalfMaker",
            "core.file().store(state.sealed(bound.sealed(sealed.next()), entry));",
            "core.file().store(state.with(bound.sealed(sealed.next())));",
            PAYER_OFF),
        plant(
            "message1-made-anew",
            SIDES_MEET_AGAIN,
            DEVICE_SDK,
            "device.Enroller",
            "if (pending != null && isOf(pending, activation)) {",
            "if (pending == null && core.now() < 0) {",
            PAYER_OFF),
        plant(
            "offer-key-not-compared",
            SIGNATURE_HAS_ITS_PLACE,
            DEVICE_SDK,
            "device.Enroller",
            "if (!Arrays.equals(offer.fingerprint(), activation.fingerprint())) {",
            "if (offer.hpkePoint().length == 0) {",
            "org.tallystick.device.EnrolmentTest"
                + "#enrol_otherFingerprint_isRefusedBeforeAnythingIsSent"),
        plant(
            "offer-not-in-the-info",
            SIGNATURE_HAS_ITS_PLACE,
            PROTOCOL,
            "enrolment.EnrolmentTerms",
            "Cbor.of(offer.bankName()),",
            "Cbor.of(\"\"),",
            TAMPERING + "offer_anyByteChanged_isRefused_andTheTrueOneGoesThrough"),
        plant(
            "end-of-the-offer-not-in-the-info",
            SIGNATURE_HAS_ITS_PLACE,
            PROTOCOL,
            "enrolment.EnrolmentTerms",
            "Cbor.of(offer.expiresMillis())",
            "Cbor.of(0)",
            TAMPERING + "offer_anyByteChanged_isRefused_andTheTrueOneGoesThrough"),
        plant(
            "nonce-outside-the-reply",
            SIGNATURE_HAS_ITS_PLACE,
            PROTOCOL,
            "enrolment.EnrolmentSecrets",
            "ByteBuffer.allocate(64).put(Sha256.of(message1)).put(bankNonce).array()",
            "ByteBuffer.allocate(64).put(Sha256.of(message1)).array()",
            TAMPERING + "message2_anyByteChanged_isRefused_andTheDeviceTakesTheTrueOne"),
        plant(
            "active-before-the-bank-says-so",
            SIGNATURE_HAS_ITS_PLACE,
            DEVICE_SDK,
            "device.Core",
            "if (bound.confirmation() != null) {",
            "if (bound.enrolmentId().length == 0) {",
            TAMPERING + "confirmation_anyByteChanged_isRefused_andTheDeviceStaysPending"),
        plant(
            "alias-used-again",
            PROVIDER_LEARNS_NOTHING,
            DEVICE_SDK,
            "device.state.Bound",
            "return withAliases(aliases.subList(1, aliases.size())).with(next, reached);",
            "return with(next, reached);",
            VISITS + "clearFields_ofOneDevice_neverRepeat"),
        plant(
            "alias-without-chance",
            PROVIDER_LEARNS_NOTHING,
            PROTOCOL,
            "alias.AliasKey",
            "random.nextBytes(nonce);",
            "",
            VISITS + "clearFields_ofOneDevice_neverRepeat",
            VISITS + "constantBytes_ofOneDevice_areThoseOfEveryDevice",
            VISITS + "sixVaryingBytes_ofOneDevice_neverComeTwice"),
        plant(
            "copy-not-compared-with-its-predecessor",
            CLONE_IS_FOUND,
            PROTOCOL,
            "code.CodeHistory",
            "return closedFits(signed) && prevFits(signed) && nextFits(signed, codeHash);",
            "return closedFits(signed) && nextFits(signed, codeHash);",
            SNAPSHOT + "copy_divergentCode_changesNothing_andItsNextOneIsAFork"));
  }
}

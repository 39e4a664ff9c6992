package org.tallystick.enrolment;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.DeviceBinding;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.device.Aliases;
import org.tallystick.device.BoundEvidence;
import org.tallystick.device.Device;
import org.tallystick.device.DeviceLogHead;
import org.tallystick.device.DeviceStore;
import org.tallystick.device.DeviceVault;
import org.tallystick.device.ProviderCertificates;
import org.tallystick.device.SequencerVault;
import org.tallystick.keys.KeyUse;
import org.tallystick.keys.KeyVault;
import org.tallystick.keys.PersonalKey;
import org.tallystick.log.LogLine;
import org.tallystick.party.Party;
import org.tallystick.party.PartyRole;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.EpochSecrets;

/**
 * The bank's half of E4 once a request has been found good: makes the device, its sequencer and its
 * log, and the answer.
 *
 * <p>Source: docs/PROTOCOL.md section 3, E4.
 */
final class DeviceBinder {
  private static final int ID_LENGTH = 16;
  private static final int NONCE_LENGTH = 32;

  private final KeyVault vault;
  private final DeviceStore devices;
  private final Clock clock;
  private final SecureRandom random;

  DeviceBinder(KeyVault vault, DeviceStore devices, Clock clock, SecureRandom random) {
    this.vault = vault;
    this.devices = devices;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A request that was found good, and whose it is.
   *
   * @param personal the party's key
   * @param bindingValue account binding value of the party, 16 bytes
   * @param offer that it answers
   * @param request as it was read
   * @param sign1 as it came
   * @param message1 that it came in
   */
  record Good(
      Party party,
      PersonalKey personal,
      byte[] bindingValue,
      Offer offer,
      BindRequest request,
      byte[] sign1,
      byte[] message1) {
    @Override
    public String toString() {
      return "Good[...]";
    }
  }

  GivenAnswer bind(Good good, Secret exported) {
    byte[] bankNonce = drawn(NONCE_LENGTH);
    byte[] deviceId = drawn(ID_LENGTH);
    long now = clock.millis();
    byte[] record = bindingRecord(good, deviceId, now);
    try (EnrolmentSecrets secrets =
        EnrolmentSecrets.derive(exported, good.message1(), bankNonce, good.request().chosen())) {
      long index = store(good, deviceId, record, secrets);
      BindReply reply =
          new BindReply(
              new DeviceBinding(
                  good.offer().consortium(),
                  good.request().chosen(),
                  deviceId,
                  good.party().accountIdentifier(),
                  good.party().contractId(),
                  good.bindingValue()),
              new Aliases(vault, random).fresh(index, BindReply.ALIASES),
              profile(good.party()),
              record,
              now,
              certificate(good, deviceId, now),
              vault.recoveryEpoch());
      byte[] message2 = reply.seal(secrets, bankNonce);
      return new GivenAnswer(
          good.message1(), message2, secrets.deviceConfirmation(good.message1(), message2), index);
    }
  }

  private byte[] bindingRecord(Good good, byte[] deviceId, long now) {
    return new BindingRecord(
            good.offer().consortium(),
            deviceId,
            good.party().accountIdentifier(),
            good.party().contractId(),
            good.request().deviceKey(),
            good.offer().contractHash(),
            good.offer().role(),
            now,
            Sha256.of(good.sign1()),
            good.request().chosen())
        .sign(vault.signer(KeyUse.CERTIFICATE));
  }

  private long store(Good good, byte[] deviceId, byte[] record, EnrolmentSecrets secrets) {
    long index = devices.nextIndex();
    OffsetDateTime now = OffsetDateTime.now(clock);
    DeviceVault secretsVault = new DeviceVault(vault);
    BindRequest request = good.request();
    try (EpochSecrets first =
        new EpochSecrets(
            secrets.first(),
            secrets.string1(),
            secrets.string2(),
            secrets.root(),
            secrets.down())) {
      Device device =
          new Device(
              index,
              deviceId,
              good.party().id(),
              good.party().role(),
              profile(good.party()),
              new BoundEvidence(
                  request.chosen(),
                  request.deviceKey().compressed(),
                  good.party().accountIdentifier(),
                  good.party().contractId(),
                  record,
                  secretsVault.sealBindRequest(good.personal(), deviceId, good.sign1())),
              secretsVault.seal(
                  good.personal(), deviceId, request.pinVerifier(), request.footprint().encode()),
              now);
      DeviceEpochs state =
          DeviceEpochs.enrolled(
              request.chosen(), deviceId, first, vault.recoveryEpoch(), clock.millis());
      devices.add(
          device,
          new SequencerVault(vault).row(index, state),
          new DeviceLogHead(index, LogLine.seed(request.chosen(), deviceId, record)));
    }
    return index;
  }

  private byte @Nullable [] certificate(Good good, byte[] deviceId, long now) {
    return good.party().role() == PartyRole.PROVIDER
        ? new ProviderCertificates(good.offer().consortium(), vault)
            .certify(good.party(), deviceId, good.request().deviceKey(), now)
        : null;
  }

  private static int profile(Party party) {
    return party.role() == PartyRole.PROVIDER ? BindReply.OPERATOR : BindReply.ATTENDED;
  }

  private byte[] drawn(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}

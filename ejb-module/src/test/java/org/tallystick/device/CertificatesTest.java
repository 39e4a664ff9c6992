package org.tallystick.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tallystick.bill.ProviderCertificate;
import org.tallystick.codec.Cbor;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.SigningKey;
import org.tallystick.format.Format;
import org.tallystick.format.Signed;
import org.tallystick.format.Suite;
import org.tallystick.keys.BankKey;
import org.tallystick.keys.KeySetOf;
import org.tallystick.keys.KeyUse;
import org.tallystick.log.LogLine;
import org.tallystick.node.Server;
import org.tallystick.party.Application;
import org.tallystick.party.BackOffice;
import org.tallystick.party.Party;
import org.tallystick.party.PartyKind;
import org.tallystick.party.PartyRole;
import org.tallystick.party.Registered;
import org.tallystick.party.RegistrationState;
import org.tallystick.sequencer.DeviceEpochs;
import org.tallystick.sequencer.EpochSecrets;

class CertificatesTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir Path keys;
  private final SigningKey key = SigningKey.generate(RANDOM);
  private BackOffice office;
  private Certificates certificates;
  private final String name = "Corner Shop " + UUID.randomUUID();
  private Registered registered;
  private Device device;

  @BeforeEach
  void open() {
    office = new BackOffice(keys);
    certificates = DevicesFixture.certificates(office);
    registered =
        (Registered)
            office.register(
                new Application(
                    PartyKind.ORGANISATION,
                    PartyRole.PROVIDER,
                    "Corner Shop Ltd",
                    name,
                    "Main Street 1",
                    null));
    office.active(registered);
    device = Server.inTransaction(office.entities, this::till);
  }

  private Device till() {
    Party party = office.parties.byRegistration(registered.registration()).orElseThrow();
    DeviceRegister register = new DeviceRegister(office.entities);
    long index = register.nextIndex();
    byte[] deviceId = new byte[16];
    RANDOM.nextBytes(deviceId);
    OffsetDateTime now = OffsetDateTime.now(office.clock);
    Device till =
        new Device(
            index,
            deviceId,
            party.id(),
            PartyRole.PROVIDER,
            2,
            new BoundEvidence(
                Suite.CLASSIC,
                key.verificationKey().compressed(),
                party.accountIdentifier(),
                party.contractId(),
                new byte[64],
                new byte[64]),
            new DeviceVault(office.vault)
                .seal(office.vault.personalKey(), deviceId, null, new byte[1]),
            now);
    EpochSecrets secrets =
        new EpochSecrets(
            7,
            Secret.random(RANDOM, 32),
            Secret.random(RANDOM, 32),
            Secret.random(RANDOM, 32),
            Secret.random(RANDOM, 32));
    DeviceEpochs state =
        DeviceEpochs.enrolled(Suite.CLASSIC, deviceId, secrets, 0, office.clock.millis());
    register.add(
        till,
        new SequencerVault(office.vault).row(index, state),
        new DeviceLogHead(index, LogLine.seed(Suite.CLASSIC, deviceId, new byte[64])));
    register.record(till.activate(now));
    return till;
  }

  private byte[] request(SigningKey by, byte[] deviceId, long timeMillis) {
    byte[] payload =
        Cbor.map()
            .put(1, Cbor.of(Format.VERSION))
            .put(2, Cbor.of(deviceId))
            .put(3, Cbor.of(timeMillis))
            .build()
            .encode();
    return Signed.sign(by, "certificate-request", Suite.CLASSIC, "TL", payload);
  }

  private Optional<byte[]> renew(byte[] request) {
    return Server.inTransaction(office.entities, () -> certificates.renew(request));
  }

  @Test
  void ownRequest_getsACertificate() {
    byte[] sign1 = renew(request(key, device.deviceId(), office.clock.millis())).orElseThrow();
    ProviderCertificate certificate =
        ProviderCertificate.verify(
            sign1,
            KeySetOf.one(
                "TL",
                BankKey.CERTIFICATE,
                office.vault.signer(KeyUse.CERTIFICATE).verificationKey()),
            office.clock.millis());
    assertThat(certificate.deviceId()).isEqualTo(device.deviceId());
    assertThat(certificate.displayName()).isEqualTo(name);
    assertThat(certificate.place()).isEqualTo("Main Street 1");
  }

  @Test
  void otherKey_otherDevice_otherTime_noise_getNone() {
    long now = office.clock.millis();
    long minutes = Duration.ofMinutes(16).toMillis();
    byte[] own = device.deviceId();
    assertThat(renew(request(SigningKey.generate(RANDOM), own, now))).isEmpty();
    assertThat(renew(request(key, new byte[16], now))).isEmpty();
    assertThat(renew(request(key, own, now - minutes))).isEmpty();
    assertThat(renew(request(key, own, now + minutes))).isEmpty();
    assertThat(renew(request(key, own, Long.MAX_VALUE))).isEmpty();
    assertThat(renew(new byte[100])).isEmpty();
  }

  @Test
  void suspendedDevice_orParty_getsNone() {
    byte[] request = request(key, device.deviceId(), office.clock.millis());
    Server.inTransaction(
        office.entities,
        () ->
            office.decisions.move(
                BackOffice.APPROVER,
                registered.registration(),
                RegistrationState.SUSPENDED,
                "why"));
    assertThat(renew(request)).isEmpty();
    Server.inTransaction(
        office.entities,
        () ->
            office.decisions.move(
                BackOffice.APPROVER, registered.registration(), RegistrationState.ACTIVE, "why"));
    assertThat(renew(request)).isPresent();
    Server.inTransaction(
        office.entities, () -> certificates.devices.suspend(device, SuspensionReason.COMPROMISED));
    assertThat(renew(request)).isEmpty();
  }
}

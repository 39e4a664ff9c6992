package org.tallystick.device;

import jakarta.ejb.EJB;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.SigningKey;
import org.tallystick.crypto.VerificationKey;
import org.tallystick.format.Suite;
import org.tallystick.keys.Bank;
import org.tallystick.keys.KeyVault;
import org.tallystick.party.Parties;
import org.tallystick.party.Party;
import org.tallystick.party.PartyRole;

/** Renews provider certificates; docs/PROTOCOL.md section 6. */
@Stateless
public class Certificates {
  private static final long MAX_SKEW = Duration.ofMinutes(15).toMillis();

  /** A point, compressed as those of devices are: to read it takes its time too. */
  private static final byte[] NOBODY = nobody();

  @EJB Devices devices;
  @EJB Parties parties;
  @Inject Bank bank;
  @Inject KeyVault vault;
  @Inject Clock clock;

  /** A new certificate for the device that signed the request; empty whatever is wrong with it. */
  public Optional<byte[]> renew(byte[] sign1) {
    CertificateRequest request;
    try {
      request = CertificateRequest.parse(sign1);
    } catch (MalformedInputException e) {
      return Optional.empty();
    }
    long now = clock.millis();
    if (Math.abs(now - request.timeMillis()) > MAX_SKEW) {
      return Optional.empty();
    }
    Optional<Device> claimed = devices.byDeviceId(request.deviceId());
    // nobody's key stands in for that of a device that there is not, so that it takes as long
    boolean signed =
        request.signedBy(
            VerificationKey.ofPoint(
                claimed.map(found -> found.evidence().publicKey()).orElse(NOBODY)),
            claimed.map(found -> found.evidence().suite()).orElse(Suite.CLASSIC),
            bank.consortium());
    Optional<Device> device =
        claimed
            .filter(found -> signed)
            .filter(found -> found.role() == PartyRole.PROVIDER && found.state().mayTransact());
    Optional<Party> party =
        device
            .flatMap(found -> parties.byId(found.partyId()))
            .filter(found -> found.state().mayTransact());
    return device.isPresent() && party.isPresent()
        ? Optional.of(certificate(device.get(), party.get(), now))
        : Optional.empty();
  }

  private byte[] certificate(Device device, Party party, long now) {
    return new ProviderCertificates(bank.consortium(), vault)
        .certify(party, device.deviceId(), key(device), now);
  }

  private static byte[] nobody() {
    try (SigningKey key = SigningKey.generate(new SecureRandom())) {
      return key.verificationKey().compressed();
    }
  }

  private static VerificationKey key(Device device) {
    return VerificationKey.ofPoint(device.evidence().publicKey());
  }
}

package org.tallystick.device;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tallystick.bill.ProviderCertificate;
import org.tallystick.code.DeviceBinding;
import org.tallystick.codec.Cbor;
import org.tallystick.crypto.SigningKey;
import org.tallystick.device.DeviceEvents.Stage;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.HeldKeys;
import org.tallystick.format.Format;
import org.tallystick.format.Signed;

/**
 * Keeps a provider's certificate fresh: it is renewed when it ends within the hour.
 *
 * <p>Source: docs/PROTOCOL.md section 6.
 */
final class CertificateKeeper {
  private static final long RENEW_BEFORE_MILLIS = TimeUnit.HOURS.toMillis(1);

  private final Core core;

  CertificateKeeper(Core core) {
    this.core = core;
  }

  /** A certificate that is valid now; where renewal fails, the old one while it lasts. */
  Result<byte[]> current(Bound bound) {
    byte[] held = bound.certificate();
    ProviderCertificate read = held == null ? null : own(bound, held);
    long now = core.now();
    if (held != null && read != null && now + RENEW_BEFORE_MILLIS < read.notAfterMillis()) {
      return Result.ok(held);
    }
    Result<byte[]> renewed = renew(bound);
    if (renewed.refusal().isPresent()
        && held != null
        && read != null
        && now <= read.notAfterMillis()) {
      return Result.ok(held);
    }
    return renewed;
  }

  private Result<byte[]> renew(Bound bound) {
    byte[] payload =
        Cbor.map()
            .put(1, Cbor.of(Format.VERSION))
            .put(2, Cbor.of(bound.identity().binding().deviceId()))
            .put(3, Cbor.of(core.now()))
            .build()
            .encode();
    byte[] request;
    try (SigningKey key = Core.signingKey(bound)) {
      DeviceBinding own = bound.identity().binding();
      request = Signed.sign(key, "certificate-request", own.suite(), own.consortium(), payload);
    }
    return core.bank().certificate(request).then(fresh -> keep(bound, fresh));
  }

  private Result<byte[]> keep(Bound bound, byte[] fresh) {
    if (own(bound, fresh) == null && core.refreshKeys().refusal().isPresent()) {
      return Result.refused("B2", "the bank's keys cannot be fetched");
    }
    ProviderCertificate certificate = own(bound, fresh);
    if (certificate == null || certificate.notAfterMillis() < core.now()) {
      return Result.refused("B2", "the certificate is not the bank's for this device, or over");
    }
    synchronized (core.file()) {
      Bound current = core.state().bound();
      core.file().store(core.state().with((current == null ? bound : current).certified(fresh)));
    }
    core.events().progress("", Stage.CERTIFIED);
    return Result.ok(fresh);
  }

  /** The certificate, if the bank signed it for this very device. */
  private @Nullable ProviderCertificate own(Bound bound, byte[] sign1) {
    HeldKeys keys = core.state().keys();
    if (keys == null) {
      return null;
    }
    try (SigningKey key = Core.signingKey(bound)) {
      ProviderCertificate read = ProviderCertificate.verify(sign1, keys.set(), core.now());
      boolean own =
          read.deviceKey().equals(key.verificationKey())
              && Arrays.equals(read.deviceId(), bound.identity().binding().deviceId())
              && Arrays.equals(
                  read.accountIdentifier(), bound.identity().binding().accountIdentifier());
      return own ? read : null;
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }
}

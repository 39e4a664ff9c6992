package org.tallystick.enrolment;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.crypto.EcdhKey;
import org.tallystick.crypto.MlKemKey;
import org.tallystick.crypto.Secret;
import org.tallystick.device.Device;
import org.tallystick.device.DeviceStore;
import org.tallystick.device.DeviceTransition;
import org.tallystick.format.SignatureRefusedException;
import org.tallystick.format.Suite;
import org.tallystick.keys.Bank;
import org.tallystick.keys.KeyVault;
import org.tallystick.keys.PersonalKey;
import org.tallystick.party.Party;
import org.tallystick.party.PartyRole;

/**
 * The bank's side of the enrolment exchange, E4 and E5, on rows that the caller has locked; it
 * knows no container.
 *
 * <p>Source: docs/PROTOCOL.md section 3; RFC 9180 section 5.1.2.
 */
public final class EnrolmentExchange {
  private static final String BANK = "bank";

  private final Suite minimum;
  private final EnrolmentVault secrets;
  private final DeviceStore devices;
  private final DeviceBinder binder;
  private final Clock clock;

  /** An exchange over the places where keys and devices are kept. */
  public EnrolmentExchange(
      Bank bank, KeyVault vault, DeviceStore devices, Clock clock, SecureRandom random) {
    this.minimum = bank.minimumSuite();
    this.secrets = new EnrolmentVault(vault);
    this.devices = devices;
    this.binder = new DeviceBinder(vault, devices, clock, random);
    this.clock = clock;
  }

  /**
   * E4: answers a device's first message.
   *
   * @param personal the party's key
   * @param bindingValue account binding value of the party, 16 bytes
   */
  public BindOutcome bind(
      Enrolment enrolment,
      Party party,
      PersonalKey personal,
      byte[] bindingValue,
      byte[] message1) {
    if (enrolment.state().open() && !enrolment.openAt(now())) {
      return new BindOutcome.Refused("expired");
    }
    Optional<byte[]> given = enrolment.answerTo(message1);
    if (given.isPresent()) {
      return new BindOutcome.Answered(given.get());
    }
    Optional<EnrolmentSecret> secret = enrolment.secret();
    if (secret.isEmpty()) {
      return new BindOutcome.Refused("ended");
    }
    Offer offer = Offer.decode(enrolment.offer());
    Optional<Message1.Opened> opened = open(offer, secret.get(), message1);
    if (opened.isEmpty()) {
      return new BindOutcome.Refused("not authentic");
    }
    try (Secret exported = opened.get().exported()) {
      if (enrolment.state() == EnrolmentState.BOUND) {
        cancel(enrolment);
        return new BindOutcome.Doubled();
      }
      Optional<BindRequest> request = read(opened.get().bind(), opened.get().terms());
      if (request.isEmpty()) {
        return new BindOutcome.Refused("request");
      }
      if (!party.mayEnrol(now())) {
        return new BindOutcome.Refused("party");
      }
      if (party.role() == PartyRole.USER && request.get().pinVerifier() == null) {
        return new BindOutcome.Refused("no PIN");
      }
      if (devices.holdsKey(request.get().deviceKey().compressed())) {
        return new BindOutcome.Refused("key bound before");
      }
      DeviceBinder.Good good =
          new DeviceBinder.Good(
              party, personal, bindingValue, offer, request.get(), opened.get().bind(), message1);
      GivenAnswer answer = binder.bind(good, exported);
      enrolment.bind(answer);
      return new BindOutcome.Answered(answer.message2());
    }
  }

  /** E5: the device has stored what it was given, and becomes active. */
  public ConfirmOutcome confirm(Enrolment enrolment, Party party, byte[] mac) {
    if (!enrolment.confirmedBy(mac)) {
      return new ConfirmOutcome.Refused("not authentic");
    }
    if (enrolment.state() == EnrolmentState.CONFIRMED) {
      return new ConfirmOutcome.Confirmed();
    }
    if (!enrolment.openAt(now())) {
      return new ConfirmOutcome.Refused("expired");
    }
    if (!party.mayEnrol(now())) {
      return new ConfirmOutcome.Refused("party");
    }
    devices.record(boundDevice(enrolment).orElseThrow().activate(now()));
    enrolment.confirm(now());
    return new ConfirmOutcome.Confirmed();
  }

  /** Ends what nobody has confirmed in time; false where it is not over, or ended already. */
  public boolean expire(Enrolment enrolment) {
    if (!enrolment.state().open() || enrolment.openAt(now())) {
      return false;
    }
    enrolment.expire(now());
    revoke(enrolment, "never confirmed");
    return true;
  }

  private void cancel(Enrolment enrolment) {
    enrolment.cancel(now());
    revoke(enrolment, "a second device answered with the same activation");
  }

  private void revoke(Enrolment enrolment, String reason) {
    Optional<DeviceTransition> line =
        boundDevice(enrolment).flatMap(device -> device.revoke(BANK, reason, now()));
    line.ifPresent(devices::record);
  }

  private Optional<Device> boundDevice(Enrolment enrolment) {
    return enrolment.deviceIndex().flatMap(devices::lock);
  }

  private Optional<Message1.Opened> open(Offer offer, EnrolmentSecret secret, byte[] message1) {
    byte[] id = offer.enrolmentId();
    try (Secret code = secrets.code(id, secret);
        EcdhKey key = secrets.hpkeKey(id, secret);
        @Nullable MlKemKey kem = secrets.kemKey(id, secret)) {
      return Message1.decode(message1).open(offer, minimum, code, key, kem);
    } catch (MalformedInputException e) {
      return Optional.empty();
    }
  }

  private static Optional<BindRequest> read(byte[] sign1, EnrolmentTerms terms) {
    try {
      return Optional.of(BindRequest.verify(sign1, terms));
    } catch (MalformedInputException | SignatureRefusedException e) {
      return Optional.empty();
    }
  }

  private OffsetDateTime now() {
    return OffsetDateTime.now(clock);
  }
}

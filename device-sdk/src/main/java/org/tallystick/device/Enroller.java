package org.tallystick.device;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.DeviceSequence;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SigningKey;
import org.tallystick.device.DeviceEvents.Stage;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.DeviceLog;
import org.tallystick.device.state.HeldEpoch;
import org.tallystick.device.state.HeldKeys;
import org.tallystick.device.state.Identity;
import org.tallystick.device.state.PendingEnrolment;
import org.tallystick.device.state.PinMaterial;
import org.tallystick.device.transport.BankConnection.Offered;
import org.tallystick.enrolment.Activation;
import org.tallystick.enrolment.BindReply;
import org.tallystick.enrolment.BindRequest;
import org.tallystick.enrolment.BindingRecord;
import org.tallystick.enrolment.EnrolmentSecrets;
import org.tallystick.enrolment.EnrolmentTerms;
import org.tallystick.enrolment.Footprint;
import org.tallystick.enrolment.Message1;
import org.tallystick.enrolment.Offer;
import org.tallystick.format.SignatureRefusedException;
import org.tallystick.format.Suite;
import org.tallystick.log.LogLine;
import org.tallystick.pin.PinVerifier;
import org.tallystick.sequencer.DownChain;
import org.tallystick.sequencer.EpochRoot;

/**
 * Binds a device to an account, E1 to E5. message1 is durable before it is sent and is never made
 * twice for one activation; what the reply gives is durable before it is confirmed.
 *
 * <p>Source: docs/PROTOCOL.md section 3.
 */
final class Enroller {
  private static final List<Integer> SUITES = List.of(Suite.CLASSIC.value(), Suite.HYBRID.value());
  private static final int SALT_LENGTH = 16;
  private static final int SECRET_LENGTH = 32;

  private final Core core;

  Enroller(Core core) {
    this.core = core;
  }

  /** Begins, or goes on where the same activation was begun before. */
  Result<Identity> enrol(
      Activation activation,
      char @Nullable [] pin,
      Footprint footprint,
      Predicate<Agreement> agree) {
    Bound bound = core.state().bound();
    if (bound != null) {
      return bound.confirmation() == null
          ? Result.refused("enrolled", "this device is enrolled already")
          : confirm();
    }
    PendingEnrolment pending = core.state().pending();
    if (pending != null && isOf(pending, activation)) {
      return bind();
    }
    return core.bank()
        .offer(activation.enrolmentId())
        .then(offered -> begin(offered, activation, pin, footprint, agree))
        .then(begun -> bind());
  }

  /** Goes on after a restart; a refusal where nothing was begun. */
  Result<Identity> resume() {
    Bound bound = core.state().bound();
    return bound != null && bound.confirmation() != null ? confirm() : bind();
  }

  private static boolean isOf(PendingEnrolment pending, Activation activation) {
    return Arrays.equals(Offer.decode(pending.offer()).enrolmentId(), activation.enrolmentId())
        && Arrays.equals(pending.activationHash(), Sha256.of(activation.code().reveal()));
  }

  /** E2 and E3. */
  private Result<PendingEnrolment> begin(
      Offered offered,
      Activation activation,
      char @Nullable [] pin,
      Footprint footprint,
      Predicate<Agreement> agree) {
    Offer offer;
    try {
      offer = Offer.decode(offered.offer());
    } catch (IllegalArgumentException e) {
      return Result.refused("E2", "the offer has the wrong form: " + e.getMessage());
    }
    Result<HeldKeys> keys = core.check(offered.keys(), offer.consortium(), core.state().keys());
    if (keys.refusal().isPresent()) {
      return Result.refused(keys.refusal().get());
    }
    if (!Arrays.equals(offer.enrolmentId(), activation.enrolmentId())) {
      return Result.refused("E2", "the offer is for another enrolment");
    }
    if (!Arrays.equals(offer.fingerprint(), activation.fingerprint())) {
      return Result.refused("E2", "the offer's key is not the one that the activation names");
    }
    HeldKeys offeredKeys = keys.orElseThrow();
    if (offer.keySetVersion() != offeredKeys.set().version()) {
      return Result.refused("E2", "the offer belongs to another key set");
    }
    EnrolmentTerms terms =
        EnrolmentTerms.choose(offer, SUITES, offeredKeys.set().minimumSuite()).orElse(null);
    if (terms == null) {
      return Result.refused("E2", "the bank offers no suite that this device and its keys allow");
    }
    core.events().progress("", Stage.OFFERED);
    if (!agree.test(Agreement.of(offer))) {
      return Result.refused("not-agreed", "the agreement was not accepted");
    }
    PendingEnrolment begun = request(terms, offered.offer(), activation, pin, footprint);
    synchronized (core.file()) {
      core.file().store(core.state().enrolling(offeredKeys, begun));
    }
    return Result.ok(begun);
  }

  private PendingEnrolment request(
      EnrolmentTerms terms,
      byte[] offerBytes,
      Activation activation,
      char @Nullable [] pin,
      Footprint footprint) {
    PinMaterial material = null;
    byte[] verifier = null;
    if (pin != null) {
      byte[] salt = new byte[SALT_LENGTH];
      core.random().nextBytes(salt);
      Secret secret = Secret.random(core.random(), SECRET_LENGTH);
      material = new PinMaterial(salt, secret, core.pinIterations());
      try (PinVerifier v = PinVerifier.ofPin(pin, secret, salt, core.pinIterations())) {
        verifier = v.toBytes();
      }
    }
    byte[] nonce = new byte[SECRET_LENGTH];
    core.random().nextBytes(nonce);
    Offer offer = terms.offer();
    try (SigningKey key = SigningKey.generate(core.random())) {
      byte[] bind =
          new BindRequest(
                  Sha256.of(terms.info()),
                  key.verificationKey(),
                  footprint,
                  verifier,
                  nonce,
                  offer.contractHash(),
                  core.now(),
                  SUITES,
                  terms.chosen())
              .sign(key, offer.consortium());
      Message1.Sealed sealed = Message1.seal(terms, activation.code(), bind, core.random());
      byte[] bindHash = Sha256.of(bind);
      Arrays.fill(bind, (byte) 0);
      return new PendingEnrolment(
          offerBytes,
          Sha256.of(activation.code().reveal()),
          sealed.message1(),
          sealed.exported(),
          bindHash,
          Secret.adopt(key.scalar()),
          material);
    } finally {
      if (verifier != null) {
        Arrays.fill(verifier, (byte) 0);
      }
    }
  }

  /** E4, then E5. */
  private Result<Identity> bind() {
    PendingEnrolment pending = core.state().pending();
    if (pending == null) {
      return Result.refused("not-begun", "no enrolment is under way");
    }
    core.events().progress("", Stage.BINDING);
    Offer offer = Offer.decode(pending.offer());
    return core.bank()
        .bind(offer.enrolmentId(), pending.message1())
        .then(message2 -> take(pending, offer, message2))
        .then(stored -> confirm());
  }

  private Result<Bound> take(PendingEnrolment pending, Offer offer, byte[] message2) {
    try (EnrolmentSecrets secrets =
        EnrolmentSecrets.derive(
            pending.exported(),
            pending.message1(),
            BindReply.bankNonce(message2),
            Message1.decode(pending.message1()).suite())) {
      BindReply reply = BindReply.open(message2, secrets, offer.consortium()).orElse(null);
      if (reply == null) {
        return Result.refused("E5", "the reply is not the bank's");
      }
      if (!isOwn(reply, pending, offer)) {
        return Result.refused("E5", "the binding record is not for this device");
      }
      Bound bound = bound(pending, offer, reply, secrets, message2, core.now());
      synchronized (core.file()) {
        core.file().store(core.state().enrolled(bound));
      }
      pending.exported().close();
      return Result.ok(bound);
    } catch (IllegalArgumentException e) {
      return Result.refused("E5", "the reply has the wrong form: " + e.getMessage());
    }
  }

  private boolean isOwn(BindReply reply, PendingEnrolment pending, Offer offer) {
    HeldKeys keys = core.state().keys();
    if (keys == null) {
      return false;
    }
    byte[] ownKey;
    try (SigningKey key = SigningKey.ofScalar(pending.signingKey().reveal())) {
      ownKey = key.verificationKey().compressed();
    }
    BindingRecord record;
    try {
      record = BindingRecord.verify(reply.bindingRecord(), keys.set());
    } catch (SignatureRefusedException refused) {
      return false;
    }
    return Arrays.equals(record.deviceKey().compressed(), ownKey)
        && Arrays.equals(record.deviceId(), reply.binding().deviceId())
        && Arrays.equals(record.accountIdentifier(), reply.binding().accountIdentifier())
        && Arrays.equals(record.contractId(), reply.binding().contractId())
        && Arrays.equals(record.contractHash(), offer.contractHash())
        && Arrays.equals(record.bindHash(), pending.bindHash())
        && record.suite() == reply.binding().suite()
        && record.role().equals(offer.role())
        && record.consortium().equals(offer.consortium());
  }

  private static Bound bound(
      PendingEnrolment pending,
      Offer offer,
      BindReply reply,
      EnrolmentSecrets secrets,
      byte[] message2,
      long nowMillis) {
    Identity identity =
        new Identity(
            reply.binding(),
            offer.role(),
            reply.profile(),
            offer.contractVersion(),
            offer.contractHash(),
            reply.bindingRecord(),
            pending.signingKey(),
            pending.pin(),
            Map.of());
    long first = secrets.first();
    return new Bound(
        identity,
        HeldEpoch.initial(
            new EpochRoot(0, secrets.root()),
            nowMillis,
            reply.recoveryEpoch(),
            DownChain.initial(0, secrets.down())),
        DeviceSequence.initial(first, secrets.string1(), secrets.string2()),
        first,
        reply.aliases(),
        DeviceLog.seeded(
            LogLine.seed(
                reply.binding().suite(), reply.binding().deviceId(), reply.bindingRecord())),
        reply.certificate(),
        offer.enrolmentId(),
        secrets.deviceConfirmation(pending.message1(), message2),
        null);
  }

  /** The second half of E5; may be repeated. */
  private Result<Identity> confirm() {
    Bound bound = core.state().bound();
    byte[] confirmation = bound == null ? null : bound.confirmation();
    if (bound == null || confirmation == null) {
      return Result.refused("not-begun", "no enrolment is under way");
    }
    core.events().progress("", Stage.CONFIRMING);
    return core.bank()
        .confirm(bound.enrolmentId(), confirmation)
        .then(
            state -> {
              if (!state.equals("ACTIVE")) {
                return Result.refused("E5", "the bank did not make the device active");
              }
              Bound active = bound.active();
              synchronized (core.file()) {
                core.file().store(core.state().with(active));
              }
              core.events().progress("", Stage.ENROLLED);
              return Result.ok(active.identity());
            });
  }
}

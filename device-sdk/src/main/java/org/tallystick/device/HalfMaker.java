package org.tallystick.device;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tallystick.bill.Bill;
import org.tallystick.bill.BillBody;
import org.tallystick.bill.BillItem;
import org.tallystick.code.Conditions;
import org.tallystick.code.Extensions;
import org.tallystick.code.HalfSealer;
import org.tallystick.code.HalfTerms;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.SignedMap;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.SigningKey;
import org.tallystick.device.DeviceEvents.Stage;
import org.tallystick.device.bill.BillRequest;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.DeviceState;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.EntryState;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.device.state.PinMaterial;
import org.tallystick.money.Money;
import org.tallystick.pin.PinVerifier;

/**
 * Makes halves (S1): one durable write puts the next chain in, takes the old one out and stores the
 * exact code, before any byte leaves. Nothing is sealed twice for one n.
 *
 * <p>Source: docs/PROTOCOL.md sections 4 (S1), 5, 6 and 7.
 */
final class HalfMaker {
  /** Numbers ahead of the last answer at which the device stops: the bank looks 64 ahead. */
  static final int MAX_AHEAD = 60;

  /** Name of the extension by which both sides ask for a number to compare. */
  static final String PRESENCE = "presence";

  /** Aliases that codes leave for requests. */
  private static final int ALIASES_FOR_REQUESTS = 1;

  private static final int SALT_LENGTH = 16;
  private static final long PAYER_LIFE_MILLIS = TimeUnit.MINUTES.toMillis(5);

  private final Core core;

  HalfMaker(Core core) {
    this.core = core;
  }

  /** The payee's half and the bill whose number comes from the same n. */
  Result<OutboxEntry> bill(BillRequest request, byte[] certificate) {
    synchronized (core.file()) {
      return core.active(core.state())
          .then(
              bound -> {
                if (!bound.identity().isProvider()) {
                  return Result.refused("role", "only a provider's device makes bills");
                }
                Bill bill;
                BillBody body;
                try {
                  body = body(bound, request);
                  bill = sign(bound, body, certificate);
                } catch (IllegalArgumentException | ArithmeticException e) {
                  return Result.refused("bill", "not a bill: " + e.getMessage());
                }
                HalfTerms terms =
                    new HalfTerms(
                            Role.PAYEE,
                            Purpose.PURCHASE,
                            body.number(),
                            bill.hash(),
                            body.total(),
                            null,
                            body.expiresMillis(),
                            null,
                            null,
                            null,
                            bound.logIndex(),
                            bound.logHead())
                        .with(extensions(body));
                return seal(bound, terms, bill.encode());
              });
    }
  }

  private BillBody body(Bound bound, BillRequest request) {
    byte[] salt = new byte[SALT_LENGTH];
    core.random().nextBytes(salt);
    long subtotal = 0;
    for (BillItem item : request.items()) {
      subtotal = Math.addExact(subtotal, item.minor());
    }
    long now = core.now();
    String consortium = bound.identity().binding().consortium();
    BillBody body =
        new BillBody(
            consortium,
            request.number() == null
                ? bound.sequence().number(bound.identity().binding())
                : request.number(),
            Purpose.PURCHASE,
            request.items(),
            Money.of(subtotal, request.tax().currency()),
            request.tax(),
            now,
            Math.addExact(now, request.life().toMillis()),
            salt,
            request.tillLabel(),
            consortium,
            request.presence(),
            Conditions.NONE);
    return BillBody.decode(body.encode()); // its own strict reader finds what would be refused
  }

  private static Extensions extensions(BillBody body) {
    return body.presence() ? Extensions.of(PRESENCE, new byte[] {1}) : Extensions.NONE;
  }

  private static Bill sign(Bound bound, BillBody body, byte[] certificate) {
    try (SigningKey key = Core.signingKey(bound)) {
      Bill bill = Bill.sign(body, key, certificate);
      return Bill.decode(bill.encode());
    }
  }

  /** The payer's half. The PIN is not checked here: nothing on the device could. */
  Result<OutboxEntry> approve(Bill.Checked checked, @Nullable String shorthand, char[] pin) {
    BillBody body = checked.body();
    if (pin.length == 0 || body.purpose() != Purpose.PURCHASE) {
      return Result.refused("approve", "a purchase needs a PIN");
    }
    if (shorthand != null && shorthand.length() > 32) {
      return Result.refused("approve", "a wallet shorthand has at most 32 characters");
    }
    Bound enrolled = core.state().bound();
    PinMaterial material = enrolled == null ? null : enrolled.identity().pin();
    if (material == null) {
      return Result.refused("pin", "this device was enrolled without a PIN");
    }
    // slow on purpose, so outside the monitor
    try (PinVerifier verifier =
        PinVerifier.ofPin(pin, material.secret(), material.salt(), material.iterations())) {
      synchronized (core.file()) {
        return core.active(core.state())
            .then(bound -> approve(bound, checked, shorthand, verifier));
      }
    } catch (IllegalArgumentException e) {
      return Result.refused("pin", "a PIN is text");
    }
  }

  private Result<OutboxEntry> approve(
      Bound bound, Bill.Checked checked, @Nullable String shorthand, PinVerifier verifier) {
    BillBody body = checked.body();
    long now = core.now();
    if (bound.identity().isProvider()) {
      return Result.refused("role", "a provider's device does not pay");
    }
    if (now > body.expiresMillis()) {
      return Result.refused("B6", "the bill has expired");
    }
    if (isTaken(checked.bill().hash())) {
      return Result.refused("approve", "this bill has been approved here already");
    }
    HalfTerms terms =
        new HalfTerms(
                Role.PAYER,
                Purpose.PURCHASE,
                body.number(),
                checked.bill().hash(),
                body.total(),
                checked.provider().accountIdentifier(),
                Math.min(now + PAYER_LIFE_MILLIS, body.expiresMillis()),
                shorthand,
                verifier,
                null,
                bound.logIndex(),
                bound.logHead())
            .with(extensions(body));
    return seal(bound, terms, checked.bill().encode());
  }

  /** Whether a half for this bill is open, or was approved. */
  private boolean isTaken(byte[] billHash) {
    DeviceState state = core.state();
    return state.outbox().stream()
            .anyMatch(entry -> Arrays.equals(entry.terms().billHash(), billHash))
        || state.finished().stream()
            .filter(entry -> entry.ending() == Ending.APPROVED && entry.bill() != null)
            .anyMatch(entry -> Arrays.equals(billHash(entry.bill()), billHash));
  }

  private static byte @Nullable [] billHash(byte @Nullable [] bill) {
    return bill == null ? null : Bill.decode(bill).hash();
  }

  /** P6: a half that withdraws the payee's open half of a number. */
  Result<OutboxEntry> cancel(String number) {
    synchronized (core.file()) {
      return core.active(core.state())
          .then(
              bound -> {
                Optional<OutboxEntry> target =
                    core.state().outbox().stream()
                        .filter(entry -> entry.number().equals(number))
                        .filter(entry -> entry.role() == Role.PAYEE)
                        .filter(entry -> entry.purpose() == Purpose.PURCHASE)
                        .findFirst();
                if (target.isEmpty()) {
                  return Result.refused("cancel", "no open half of this device has that number");
                }
                SignedMap withdrawn = target.get().terms();
                HalfTerms terms =
                    new HalfTerms(
                        Role.PAYEE,
                        Purpose.CANCEL,
                        number,
                        withdrawn.billHash(),
                        withdrawn.amount(),
                        null,
                        core.now() + PAYER_LIFE_MILLIS,
                        null,
                        null,
                        withdrawn.n(),
                        bound.logIndex(),
                        bound.logHead());
                return seal(bound, terms, null);
              });
    }
  }

  /** S1. The caller holds the file's monitor. */
  private Result<OutboxEntry> seal(Bound bound, HalfTerms terms, byte @Nullable [] bill) {
    DeviceState state = core.state();
    if (bound.sequence().isExhausted()) {
      return Result.refused("epoch-full", "all numbers of this epoch are used; rekey first");
    }
    if (bound.aliases().size() <= ALIASES_FOR_REQUESTS) {
      return Result.refused("aliases", "no one-time account field is left; send what is open");
    }
    if (state.outbox().size() >= DeviceState.MAX_OUTBOX
        || bound.sequence().n() - bound.reached() >= MAX_AHEAD) {
      return Result.refused("ahead", "too many codes without an answer; send what is open");
    }
    SealedHalf sealed;
    try (SigningKey key = Core.signingKey(bound)) {
      sealed =
          new HalfSealer(bound.identity().binding(), key, core.random())
              .seal(bound.sequence(), terms, bound.aliases().get(0), core.now());
    }
    OutboxEntry entry =
        new OutboxEntry(
            sealed.epoch(),
            sealed.n(),
            terms.number(),
            terms.role(),
            terms.purpose(),
            sealed.text(),
            sealed.codeHash(),
            sealed.half(),
            sealed.replyRoot(),
            bill,
            terms.notAfterMillis(),
            EntryState.SEALED,
            null);
    Secret used = bound.sequence().chain();
    core.file().store(state.sealed(bound.sealed(sealed.next()), entry));
    used.close();
    core.events().progress(terms.number(), Stage.SEALED);
    return Result.ok(entry);
  }
}

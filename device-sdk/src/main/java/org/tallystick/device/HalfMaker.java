package org.tallystick.device;

import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tallystick.answer.Progress;
import org.tallystick.bill.Bill;
import org.tallystick.bill.BillBody;
import org.tallystick.bill.BillItem;
import org.tallystick.bill.TermsHash;
import org.tallystick.code.Conditions;
import org.tallystick.code.DeviceBinding;
import org.tallystick.code.Extensions;
import org.tallystick.code.HalfSealer;
import org.tallystick.code.HalfTerms;
import org.tallystick.code.Limits;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.code.SealedHalf;
import org.tallystick.code.SignedMap;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.SigningKey;
import org.tallystick.device.DeviceEvents.Stage;
import org.tallystick.device.bill.BillRequest;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Authority;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.DeviceState;
import org.tallystick.device.state.EntryState;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.money.Money;
import org.tallystick.pin.Level;

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
  private static final long LIFE_MILLIS = TimeUnit.MINUTES.toMillis(5);
  private static final byte[] YES = {1};

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
                        .with(body.conditions())
                        .with(extensions(body.presence(), request.progress()));
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
            request.conditions());
    return BillBody.decode(body.encode()); // its own strict reader finds what would be refused
  }

  /** What a half asks of the bank beside its terms. */
  static Extensions extensions(boolean presence, boolean progress) {
    SortedMap<String, byte[]> asked = new TreeMap<>();
    if (presence) {
      asked.put(PRESENCE, YES);
    }
    if (progress) {
      asked.put(Progress.EXTENSION, YES);
    }
    return new Extensions(new TreeMap<>(), asked);
  }

  /** D1: the payee's half for a payer who cannot get a bill. */
  Result<OutboxEntry> terms(Money amount, Duration life, @Nullable String drawn, boolean progress) {
    synchronized (core.file()) {
      return core.active(core.state())
          .then(
              bound -> {
                if (!bound.identity().isProvider()) {
                  return Result.refused("role", "only a provider's device asks for payment");
                }
                DeviceBinding own = bound.identity().binding();
                String number = drawn == null ? bound.sequence().number(own) : drawn;
                HalfTerms terms =
                    new HalfTerms(
                            Role.PAYEE,
                            Purpose.PURCHASE,
                            number,
                            TermsHash.of(own.consortium(), number, amount),
                            amount,
                            null,
                            core.now() + life.toMillis(),
                            null,
                            null,
                            null,
                            bound.logIndex(),
                            bound.logHead())
                        .with(Conditions.TERMS)
                        .with(extensions(false, progress));
                return seal(bound, terms, null);
              });
    }
  }

  private static Bill sign(Bound bound, BillBody body, byte[] certificate) {
    try (SigningKey key = Core.signingKey(bound)) {
      Bill bill = Bill.sign(body, key, certificate);
      return Bill.decode(bill.encode());
    }
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
                        core.now() + LIFE_MILLIS,
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
  Result<OutboxEntry> seal(Bound bound, HalfTerms terms, byte @Nullable [] bill) {
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
    Limits limits = terms.conditions().limits();
    if (limits != null
        && Authority.isLeftBy(limits)
        && state.openAuthorities(core.now()) + state.outbox().size()
            >= DeviceState.MAX_AUTHORITIES) {
      return Result.refused("authorities", "too many holds and charges are open here");
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
            null,
            terms.options().loyaltyId(),
            Level.bits(terms.options().levelPins().keySet()));
    Secret used = bound.sequence().chain();
    core.file().store(state.sealed(bound.sealed(sealed.next()), entry));
    used.close();
    core.events().progress(terms.number(), Stage.SEALED);
    return Result.ok(entry);
  }
}

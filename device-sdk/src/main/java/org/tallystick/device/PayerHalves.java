package org.tallystick.device;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.tallystick.bill.Bill;
import org.tallystick.bill.BillBody;
import org.tallystick.bill.TermsHash;
import org.tallystick.code.Conditions;
import org.tallystick.code.HalfOptions;
import org.tallystick.code.HalfTerms;
import org.tallystick.code.Limits;
import org.tallystick.code.PrivateMap;
import org.tallystick.code.Purpose;
import org.tallystick.code.Role;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.DeviceState;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.device.state.PinMaterial;
import org.tallystick.money.Money;
import org.tallystick.pin.PinVerifier;

/**
 * Makes a payer's halves: for a bill, or in terms mode for what was typed. Nothing on the device
 * tells a right PIN from a wrong one.
 *
 * <p>Source: docs/PROTOCOL.md sections 5 to 7.
 */
final class PayerHalves {
  private static final int MAX_SHORTHAND = 32;
  private static final long LIFE_MILLIS = TimeUnit.MINUTES.toMillis(5);

  private final Core core;
  private final HalfMaker maker;

  PayerHalves(Core core, HalfMaker maker) {
    this.core = core;
    this.maker = maker;
  }

  /** The PINs that the person typed, as far as the device can make something of them. */
  private record Typed(PinVerifier pin, Map<Integer, PinVerifier> levels) implements AutoCloseable {
    @Override
    public void close() {
      pin.close();
      levels.values().forEach(PinVerifier::close);
    }
  }

  /**
   * What is paid: the half's terms without PIN, log and options; and the bill, where there is one.
   */
  private record Said(HalfTerms terms, byte @Nullable [] bill) {}

  /** The payer's half of a bill. */
  Result<OutboxEntry> approve(Bill.Checked checked, PaymentChoice choice, char[] pin) {
    BillBody body = checked.body();
    if (body.purpose() != Purpose.PURCHASE) {
      return Result.refused("approve", "only a purchase is paid");
    }
    Result<Conditions> granted = granted(body.conditions(), choice);
    return granted.then(
        conditions ->
            seal(
                choice,
                pin,
                now ->
                    now > body.expiresMillis()
                        ? Result.refused("B6", "the bill has expired")
                        : Result.ok(
                            new Said(
                                terms(
                                        body.number(),
                                        checked.bill().hash(),
                                        body.total().plus(tip(conditions, body.total())),
                                        checked.provider().accountIdentifier(),
                                        Math.min(now + LIFE_MILLIS, body.expiresMillis()),
                                        choice)
                                    .with(conditions)
                                    .with(HalfMaker.extensions(body.presence(), choice.progress())),
                                checked.bill().encode()))));
  }

  /** D1. Nobody's signed bill stands behind it: who is paid the person has to know otherwise. */
  Result<OutboxEntry> approveTerms(String number, Money amount, PaymentChoice choice, char[] pin) {
    if (choice.tipMinor() != 0 || choice.consent() != 0) {
      return Result.refused("approve", "terms mode has no tip and no consent");
    }
    return core.active(core.state())
        .then(
            bound -> {
              String consortium = bound.identity().binding().consortium();
              byte[] hash = TermsHash.of(consortium, number, amount);
              return seal(
                  choice,
                  pin,
                  now ->
                      Result.ok(
                          new Said(
                              terms(number, hash, amount, null, now + LIFE_MILLIS, choice)
                                  .with(Conditions.TERMS)
                                  .with(HalfMaker.extensions(false, choice.progress())),
                              null)));
            });
  }

  /** What of the bill's conditions the person grants. */
  private static Result<Conditions> granted(Conditions asked, PaymentChoice choice) {
    Limits limits = asked.limits();
    Long highest = limits == null ? null : limits.tipMinor();
    if (choice.tipMinor() < 0 || choice.tipMinor() > (highest == null ? 0 : highest)) {
      return Result.refused("tip", "the bill does not allow that tip");
    }
    if ((choice.consent() & ~asked.consent()) != 0) {
      return Result.refused("consent", "the bill does not ask for that consent");
    }
    Long tip = choice.tipMinor() == 0 ? null : choice.tipMinor();
    boolean isLimited =
        tip != null || (limits != null && (limits.hold() != null || limits.charges() != null));
    Limits taken =
        limits != null && isLimited ? new Limits(tip, limits.hold(), limits.charges()) : null;
    return Result.ok(new Conditions(taken, asked.contentHash(), choice.consent(), false));
  }

  private static Money tip(Conditions conditions, Money total) {
    return Money.of(conditions.tipMinor(), total.currency());
  }

  private static HalfTerms terms(
      String number,
      byte[] billHash,
      Money amount,
      byte @Nullable [] counterparty,
      long notAfterMillis,
      PaymentChoice choice) {
    return new HalfTerms(
        Role.PAYER,
        Purpose.PURCHASE,
        number,
        billHash,
        amount,
        counterparty,
        notAfterMillis,
        choice.shorthand(),
        null,
        null,
        0,
        billHash);
  }

  private Result<OutboxEntry> seal(
      PaymentChoice choice, char[] pin, LongFunction<Result<Said>> said) {
    if (pin.length == 0) {
      return Result.refused("approve", "a purchase needs a PIN");
    }
    if (choice.shorthand() != null && choice.shorthand().length() > MAX_SHORTHAND) {
      return Result.refused("approve", "a wallet shorthand has at most 32 characters");
    }
    Bound enrolled = core.state().bound();
    PinMaterial material = enrolled == null ? null : enrolled.identity().pin();
    if (enrolled == null || material == null) {
      return Result.refused("pin", "this device was enrolled without a PIN");
    }
    Map<Integer, PinMaterial> levels = enrolled.identity().levels();
    if (!levels.keySet().containsAll(choice.levelPins().keySet())
        || choice.levelPins().values().stream().anyMatch(typed -> typed.length == 0)) {
      return Result.refused("level", "no PIN of that level is set here, or it is empty");
    }
    if (choice.levelPins().size() > PrivateMap.MAX_LEVEL_PROOFS) {
      return Result.refused("level", "a half proves three levels at most");
    }
    // slow on purpose, so outside the monitor
    try (Typed typed = typed(pin, material, choice, levels)) {
      synchronized (core.file()) {
        return core.active(core.state()).then(bound -> seal(bound, choice, typed, said));
      }
    } catch (MalformedInputException e) {
      return Result.refused("half", "no half of this form: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      return Result.refused("pin", "a PIN is text");
    }
  }

  private static Typed typed(
      char[] pin, PinMaterial material, PaymentChoice choice, Map<Integer, PinMaterial> levels) {
    Typed typed = new Typed(material.verifier(pin), new HashMap<>());
    try {
      levels.forEach(
          (level, held) -> {
            char[] own = choice.levelPins().get(level);
            if (own != null) {
              typed.levels.put(level, held.verifier(own));
            }
          });
      return typed;
    } catch (IllegalArgumentException e) {
      typed.close();
      throw e;
    }
  }

  private Result<OutboxEntry> seal(
      Bound bound, PaymentChoice choice, Typed typed, LongFunction<Result<Said>> said) {
    if (bound.identity().isProvider()) {
      return Result.refused("role", "a provider's device does not pay");
    }
    return said.apply(core.now())
        .then(
            what -> {
              HalfTerms terms = what.terms();
              if (isTaken(terms.billHash())) {
                return Result.refused("approve", "this bill has been approved here already");
              }
              return maker.seal(
                  bound,
                  terms
                      .with(bound.logIndex(), bound.logHead())
                      .with(typed.pin())
                      .with(
                          new HalfOptions(
                              null, choice.loyaltyId(), typed.levels(), choice.compact())),
                  what.bill());
            });
  }

  /** Whether a half for this bill is open, or was approved. */
  private boolean isTaken(byte[] billHash) {
    DeviceState state = core.state();
    return state.outbox().stream()
            .anyMatch(entry -> Arrays.equals(entry.terms().billHash(), billHash))
        || state.finished().stream()
            .filter(entry -> entry.ending() == Ending.APPROVED)
            .anyMatch(entry -> Arrays.equals(entry.terms().billHash(), billHash));
  }
}

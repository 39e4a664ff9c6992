package org.tallystick.device;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tallystick.bill.Bill;
import org.tallystick.code.Role;
import org.tallystick.code.TransactionNumber;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SigningKey;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Authority;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.DeviceState;
import org.tallystick.device.state.HeldKeys;
import org.tallystick.device.state.PendingRequest;
import org.tallystick.device.state.PinMaterial;
import org.tallystick.enrolment.BindingRecord;
import org.tallystick.notice.Notice;
import org.tallystick.notice.NoticeSubject;
import org.tallystick.pin.PinVerifier;
import org.tallystick.request.CountersignedBinding;
import org.tallystick.request.EndAuthority;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestKeys;
import org.tallystick.request.RequestResult;

/**
 * What the owner of a device asks of the bank: another PIN, bills by their number, a number, "not
 * me", a word for a new device, PINs of levels, and the end of charges.
 *
 * <p>Source: docs/PROTOCOL.md section 10, kinds 4 to 11.
 */
public final class AccountDesk {
  private static final int SALT_LENGTH = 16;
  private static final int SECRET_LENGTH = 32;

  private final Core core;
  private final RequestDesk requests;
  private final LevelPins levels;

  AccountDesk(Core core, RequestDesk requests) {
    this.core = core;
    this.requests = requests;
    this.levels = new LevelPins(core, requests);
  }

  /**
   * Kind 4: another PIN. Whether the old one is right only the bank can tell.
   *
   * @param old wiped here
   * @param fresh wiped here
   */
  public Result<RequestResult> changePin(char[] old, char[] fresh) {
    try {
      return change(old, fresh);
    } finally {
      Arrays.fill(old, '\0');
      Arrays.fill(fresh, '\0');
    }
  }

  private Result<RequestResult> change(char[] old, char[] fresh) {
    Bound bound = core.state().bound();
    PinMaterial held = bound == null ? null : bound.identity().pin();
    if (held == null) {
      return Result.refused("pin", "this device was enrolled without a PIN");
    }
    if (old.length == 0 || fresh.length == 0) {
      return Result.refused("pin", "a PIN is not empty");
    }
    byte[] salt = new byte[SALT_LENGTH];
    core.random().nextBytes(salt);
    PinMaterial next =
        new PinMaterial(salt, Secret.random(core.random(), SECRET_LENGTH), core.pinIterations());
    try (PinVerifier before = held.verifier(old);
        PinVerifier after = next.verifier(fresh)) {
      // with root and pin secret on one disk, a stored proof would let the PIN be guessed
      return requests.changeUnstored(
          (sealer, device, root, good, alias) ->
              new PendingRequest(
                  sealer.seal(
                      root,
                      good,
                      alias,
                      (RequestKeys keys) -> RequestArguments.Pin.change(before, after, keys),
                      core.now()),
                  null,
                  next));
    } catch (IllegalArgumentException e) {
      return Result.refused("pin", "a PIN is text");
    }
  }

  /** Kind 5: the bill of an open half of this device can be fetched by its number. */
  Result<RequestResult.Lodged> lodge(Bill bill) {
    return requests
        .change(new RequestArguments.Lodge(bill.encode()))
        .then(done -> as(RequestResult.Lodged.class, done));
  }

  /** Kind 6: the bill that was lodged under a number, not checked yet. */
  Result<Bill> fetch(String number) {
    return requests
        .change(new RequestArguments.FetchBill(TransactionNumber.bytes(number)))
        .then(done -> as(RequestResult.LodgedBill.class, done))
        .then(
            lodged -> {
              try {
                Bill bill = Bill.decode(lodged.bill());
                return bill.body().number().equals(number)
                    ? Result.ok(bill)
                    : Result.refused("B1", "the bill has another number");
              } catch (IllegalArgumentException malformed) {
                return Result.refused("B1", "not a bill");
              }
            });
  }

  /** Kind 7: a transaction number that the bank draws, for a bill; TSE-34. */
  public Result<RequestResult.DrawnNumber> number() {
    return requests
        .change(new RequestArguments.DrawNumber())
        .then(done -> as(RequestResult.DrawnNumber.class, done));
  }

  /**
   * Kind 8: "this was not me".
   *
   * @param device of the account to suspend, 16 bytes, or null
   * @param number whose waiting halves of the account are to end, text, or null
   */
  public Result<RequestResult.NotMe> notMe(byte @Nullable [] device, @Nullable String number) {
    if (device == null && number == null) {
      return Result.refused("not-me", "name a device or a transaction");
    }
    return requests
        .change(
            new RequestArguments.NotMe(
                device, number == null ? null : TransactionNumber.bytes(number)))
        .then(done -> as(RequestResult.NotMe.class, done));
  }

  /**
   * Kind 10: the PIN of a level. Whether the device's own is right only the bank can tell.
   *
   * @param level 1 to 7
   * @param pin of the device, wiped here
   * @param fresh of the level, wiped here, or null to remove it
   */
  public Result<RequestResult> levelPin(int level, char[] pin, char @Nullable [] fresh) {
    return levels.set(level, pin, fresh);
  }

  /** Kind 11: no further charges under a purchase that this device has paid. */
  public Result<RequestResult> endAuthority(String number) {
    Optional<Authority> found = core.state().authority(Role.PAYER, number);
    if (found.isEmpty()) {
      return Result.refused("authority", "nothing of that number is open here");
    }
    Result<RequestResult> ended =
        requests.change(new EndAuthority(TransactionNumber.bytes(number), found.get().billHash()));
    // of one that ended before, the reply was lost
    boolean isGone = ended.refusal().map(why -> why.type().endsWith(":gone")).orElse(true);
    if (isGone) {
      synchronized (core.file()) {
        core.file().store(core.state().ended(found.get()));
      }
    }
    return ended;
  }

  /** Kind 9: for a device whose binding the bank has given notice of. */
  public Result<RequestResult> countersign(byte[] device) {
    DeviceState state = core.state();
    Optional<byte[]> record =
        state.notices().stream()
            .map(Notice::subject)
            .flatMap(
                subject ->
                    subject instanceof NoticeSubject.DeviceBound told
                        ? Stream.of(told.bindingRecord())
                        : Stream.empty())
            .filter(bound -> isFor(bound, device))
            .findFirst();
    if (record.isEmpty()) {
      return Result.refused("countersign", "no notice of that device is here");
    }
    return core.active(state)
        .then(
            bound -> {
              byte[] sign1;
              try (SigningKey key = Core.signingKey(bound)) {
                sign1 =
                    new CountersignedBinding(
                            Sha256.of(record.get()),
                            device,
                            bound.identity().binding().deviceId(),
                            core.now())
                        .sign(
                            key,
                            bound.identity().binding().suite(),
                            bound.identity().binding().consortium());
              }
              return requests.change(new RequestArguments.Countersign(sign1));
            });
  }

  private boolean isFor(byte[] record, byte[] device) {
    HeldKeys keys = core.state().keys();
    try {
      return keys != null
          && Arrays.equals(BindingRecord.verify(record, keys.set()).deviceId(), device);
    } catch (IllegalArgumentException malformedOrUnsigned) {
      return false;
    }
  }

  private static <T extends RequestResult> Result<T> as(Class<T> kind, RequestResult done) {
    return kind.isInstance(done)
        ? Result.ok(kind.cast(done))
        : Result.refused("R10", "a reply of another kind");
  }
}

package org.tallystick.it;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tallystick.code.DeviceBinding;
import org.tallystick.code.HalfSealer;
import org.tallystick.code.HalfTerms;
import org.tallystick.code.SealedHalf;
import org.tallystick.crypto.Secret;
import org.tallystick.crypto.SigningKey;
import org.tallystick.device.DeviceSettings;
import org.tallystick.device.state.BankPin;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.DeviceState;
import org.tallystick.device.state.EntryState;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.device.state.PinMaterial;
import org.tallystick.device.state.StateFile;
import org.tallystick.launcher.drill.Payments;
import org.tallystick.pin.PinVerifier;

/**
 * Authentic codes that no app of ours makes: sealed by hand into the state of a closed device, with
 * its own keys.
 */
final class OddHalf {
  private static final long LIFE_MILLIS = Duration.ofMinutes(4).toMillis();

  private final DeviceSettings settings;
  private final UnaryOperator<DeviceBinding> pretended;
  private final Function<Bound, HalfTerms> terms;

  /**
   * @param settings of the device, which is closed
   * @param pretended who the half says that it is from
   * @param terms what the half says, given the device's state; the PIN is added where the device
   *     has one
   */
  OddHalf(
      DeviceSettings settings,
      UnaryOperator<DeviceBinding> pretended,
      Function<Bound, HalfTerms> terms) {
    this.settings = settings;
    this.pretended = pretended;
    this.terms = terms;
  }

  /** When such a half ends. */
  static long notAfter() {
    return System.currentTimeMillis() + LIFE_MILLIS;
  }

  /** Seals it and leaves it among the device's open halves; its reply root is the caller's. */
  SealedHalf intoOutbox() {
    SecureRandom random = settings.random();
    DeviceState unused =
        DeviceState.fresh(new BankPin(settings.rootFingerprint(), settings.baseUrl()));
    try (StateFile file =
        StateFile.open(
            settings.stateFile(), settings.platformKeyFile(), unused, settings.steps(), random)) {
      Bound bound = file.state().bound();
      if (bound == null) {
        throw new IllegalStateException("the device is not enrolled");
      }
      PinMaterial pin = bound.identity().pin();
      try (PinVerifier typed = pin == null ? null : typed(pin);
          SigningKey key = SigningKey.ofScalar(bound.identity().signingKey().reveal())) {
        HalfTerms said = withPin(terms.apply(bound), typed);
        SealedHalf sealed =
            new HalfSealer(pretended.apply(bound.identity().binding()), key, random)
                .seal(bound.sequence(), said, bound.aliases().get(0), System.currentTimeMillis());
        file.store(file.state().sealed(bound.sealed(sealed.next()), entry(said, sealed)));
        return sealed;
      }
    }
  }

  private static PinVerifier typed(PinMaterial pin) {
    return PinVerifier.ofPin(
        Payments.PIN.toCharArray(), pin.secret(), pin.salt(), pin.iterations());
  }

  private static HalfTerms withPin(HalfTerms said, @Nullable PinVerifier typed) {
    return new HalfTerms(
        said.role(),
        said.purpose(),
        said.number(),
        said.billHash(),
        said.amount(),
        said.counterparty(),
        said.notAfterMillis(),
        said.shorthand(),
        typed,
        said.cancelledN(),
        said.logIndex(),
        said.logHead(),
        said.extensions(),
        said.conditions(),
        said.options());
  }

  private static OutboxEntry entry(HalfTerms said, SealedHalf sealed) {
    return new OutboxEntry(
        sealed.epoch(),
        sealed.n(),
        said.number(),
        said.role(),
        said.purpose(),
        sealed.text(),
        sealed.codeHash(),
        sealed.half(),
        Secret.copyOf(sealed.replyRoot().reveal()), // the file's own is wiped when it is closed
        null,
        said.notAfterMillis(),
        EntryState.SEALED,
        null,
        null,
        0);
  }
}

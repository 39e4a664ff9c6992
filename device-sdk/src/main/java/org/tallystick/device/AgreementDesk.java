package org.tallystick.device;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.agreement.AgreementTerms;
import org.tallystick.agreement.SignedAgreement;
import org.tallystick.code.DeviceBinding;
import org.tallystick.crypto.Sha256;
import org.tallystick.crypto.SigningKey;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.Bound;
import org.tallystick.device.state.Identity;
import org.tallystick.request.Agree;

/**
 * New versions of the agreement: shows what waits for the party's signature, and signs it once the
 * person has agreed. One device's signature holds for the party.
 *
 * <p>Source: docs/PROTOCOL.md section 10.4.
 */
public final class AgreementDesk {
  private final Core core;
  private final RequestDesk requests;
  private final Reunion reunion;

  AgreementDesk(Core core, RequestDesk requests, Reunion reunion) {
    this.core = core;
    this.requests = requests;
    this.reunion = reunion;
  }

  /** AG1, AG2: what waits, if anything does; asks the bank. */
  public Result<Optional<PendingAgreement>> waiting() {
    return reunion.ask().then(bank -> fetched(bank.agreement()));
  }

  /**
   * AG3: signs what was shown to the person, who agreed to it.
   *
   * @param shown from {@link #waiting}
   */
  public Result<Identity> agree(PendingAgreement shown) {
    AgreementTerms terms = shown.terms();
    if (!hasHash(shown.text(), terms)) {
      return wrongText();
    }
    return core.active(core.state())
        .then(bound -> requests.change(new Agree(sign(bound, terms))))
        .then(done -> remembered(terms));
  }

  private Result<Optional<PendingAgreement>> fetched(@Nullable AgreementTerms terms) {
    return terms == null
        ? Result.ok(Optional.empty())
        : core.bank()
            .agreement(terms.version())
            .then(
                text ->
                    hasHash(text, terms)
                        ? Result.ok(Optional.of(new PendingAgreement(terms, text)))
                        : wrongText());
  }

  private static boolean hasHash(String text, AgreementTerms terms) {
    return Arrays.equals(Sha256.of(text.getBytes(StandardCharsets.UTF_8)), terms.hash());
  }

  private static <T> Result<T> wrongText() {
    return Result.refused("AG2", "the text is not that of the agreement");
  }

  private byte[] sign(Bound bound, AgreementTerms terms) {
    DeviceBinding own = bound.identity().binding();
    try (SigningKey key = Core.signingKey(bound)) {
      return new SignedAgreement(
              own.consortium(),
              own.accountIdentifier(),
              own.contractId(),
              terms.version(),
              terms.hash(),
              core.now())
          .sign(key, own.suite());
    }
  }

  /** Where this is not reached, notice 7 brings the same. */
  private Result<Identity> remembered(AgreementTerms terms) {
    synchronized (core.file()) {
      return core.active(core.state())
          .then(
              bound -> {
                Bound agreed = bound.agreed(terms.version(), terms.hash());
                core.file().store(core.state().with(agreed));
                return Result.ok(agreed.identity());
              });
    }
  }
}

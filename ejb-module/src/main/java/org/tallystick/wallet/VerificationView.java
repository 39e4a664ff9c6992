package org.tallystick.wallet;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;

/**
 * How the proof that an instrument is its party's own stands.
 *
 * @param instrument names it in addresses
 * @param verification where it stands
 * @param microDeposit the newest one, for an account at another bank
 */
public record VerificationView(
    String instrument, VerificationState verification, @Nullable Progress microDeposit) {
  static VerificationView of(Instrument instrument, @Nullable MicroDeposit newest) {
    return new VerificationView(
        Base64Url.encode(instrument.publicId()),
        instrument.verification(),
        newest == null ? null : Progress.of(newest));
  }

  /**
   * A micro-deposit as its party sees it: never the amounts.
   *
   * @param state where it stands
   * @param currency of the amounts
   * @param triesLeft how often the party may still name wrong ones
   * @param orderedAt when it was ordered
   * @param sentAt when it was paid out
   * @param expiresAt when its time is over
   */
  public record Progress(
      MicroDepositState state,
      String currency,
      int triesLeft,
      OffsetDateTime orderedAt,
      @Nullable OffsetDateTime sentAt,
      OffsetDateTime expiresAt) {
    static Progress of(MicroDeposit deposit) {
      return new Progress(
          deposit.state(),
          deposit.currency(),
          deposit.triesLeft(),
          deposit.orderedAt(),
          deposit.sentAt().orElse(null),
          deposit.expiresAt());
    }
  }
}

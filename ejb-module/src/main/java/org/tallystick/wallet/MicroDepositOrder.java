package org.tallystick.wallet;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A micro-deposit as the back office sees it.
 *
 * @param microDeposit names it in addresses
 * @param state where it stands
 * @param registration whose it is
 * @param instrument which account of that party's wallet
 * @param form how the account's number is written
 * @param country of the account's bank, ISO 3166-1 alpha-2
 * @param lastFour last characters of the account's number
 * @param currency ISO 4217
 * @param firstMinor the lower amount, as long as it is to be paid out; null afterwards
 * @param secondMinor the higher amount, likewise
 * @param orderedAt when the party ordered it
 * @param sentAt when it was paid out
 * @param sentBy who of the staff said so
 * @param expiresAt when its time is over
 */
public record MicroDepositOrder(
    String microDeposit,
    MicroDepositState state,
    String registration,
    String instrument,
    AccountForm form,
    String country,
    String lastFour,
    String currency,
    @Nullable Integer firstMinor,
    @Nullable Integer secondMinor,
    OffsetDateTime orderedAt,
    @Nullable OffsetDateTime sentAt,
    @Nullable String sentBy,
    OffsetDateTime expiresAt) {
  @Override
  public String toString() {
    return "MicroDepositOrder(" + microDeposit + ", " + state + ")";
  }
}

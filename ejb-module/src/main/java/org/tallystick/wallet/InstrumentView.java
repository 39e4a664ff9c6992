package org.tallystick.wallet;

import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;
import org.tallystick.wallet.PaymentSource.Reason;
import org.tallystick.wallet.PaymentSource.Unsupported;

/**
 * An instrument as its party sees it; of a number never more than its end.
 *
 * @param instrument names it in addresses
 * @param kind account, card or account at another bank
 * @param shorthand the party's own name for it
 * @param preferred whether it is taken where a code names none
 * @param usable whether it can be paid with now
 * @param obstacle why it cannot, where it cannot
 * @param verification whether it is known to be the party's own
 * @param usableFrom until when it waits, where it does
 * @param accountId the ledger account behind it, if there is one
 * @param country of an account at another bank, ISO 3166-1 alpha-2
 * @param currency of an account at another bank, ISO 4217
 * @param lastFour last four digits of a card or of an account at another bank
 * @param expiry a card's last month
 * @param limits that the party has set, if any
 */
public record InstrumentView(
    String instrument,
    InstrumentKind kind,
    String shorthand,
    boolean preferred,
    boolean usable,
    @Nullable Reason obstacle,
    VerificationState verification,
    @Nullable OffsetDateTime usableFrom,
    @Nullable Long accountId,
    @Nullable String country,
    @Nullable String currency,
    @Nullable String lastFour,
    @Nullable String expiry,
    @Nullable LimitsView limits) {
  static InstrumentView of(Instrument instrument, PaymentSource source, OffsetDateTime at) {
    Optional<CardOnFile> card = instrument.card();
    Optional<ExternalAccount> external = instrument.external();
    @Nullable Reason obstacle = source instanceof Unsupported other ? other.reason() : null;
    return new InstrumentView(
        Base64Url.encode(instrument.publicId()),
        instrument.kind(),
        instrument.shorthand(),
        instrument.preferred(),
        obstacle == null,
        obstacle,
        instrument.verification(),
        obstacle == Reason.NOT_YET_USABLE ? instrument.usableFrom().orElse(null) : null,
        instrument.ledgerAccountId().orElse(null),
        external.map(ExternalAccount::country).orElse(null),
        external.map(ExternalAccount::currency).orElse(null),
        card.map(CardOnFile::lastFour)
            .or(() -> external.map(ExternalAccount::lastFour))
            .orElse(null),
        card.map(CardOnFile::expiry).orElse(null),
        instrument.limits().map(limits -> LimitsView.of(limits, at)).orElse(null));
  }

  /**
   * Limits as their party sees them; null is as much as there is.
   *
   * @param currency ISO 4217
   * @param perTransactionMinor highest amount of one transaction
   * @param perDayMinor highest sum of one day, UTC
   * @param next what the party has asked for and what is not in force yet
   */
  public record LimitsView(
      String currency,
      @Nullable Long perTransactionMinor,
      @Nullable Long perDayMinor,
      @Nullable NextLimits next) {
    static LimitsView of(InstrumentLimits limits, OffsetDateTime at) {
      SpendingLimits now = limits.at(at);
      return new LimitsView(
          limits.currency(),
          now.eachMinor(),
          now.dayMinor(),
          limits
              .nextAt(at)
              .flatMap(from -> limits.next(at).map(next -> NextLimits.of(next, from)))
              .orElse(null));
    }
  }

  /**
   * What will be in force.
   *
   * @param perTransactionMinor highest amount of one transaction
   * @param perDayMinor highest sum of one day, UTC
   * @param from when
   */
  public record NextLimits(
      @Nullable Long perTransactionMinor, @Nullable Long perDayMinor, OffsetDateTime from) {
    static NextLimits of(SpendingLimits next, OffsetDateTime from) {
      return new NextLimits(next.eachMinor(), next.dayMinor(), from);
    }
  }
}

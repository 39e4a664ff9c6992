package org.tallystick.wallet;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.Optional;
import org.tallystick.wallet.PaymentSource.OnAccount;
import org.tallystick.wallet.PaymentSource.Reason;
import org.tallystick.wallet.PaymentSource.Unsupported;

/** What instruments stand for when it comes to paying, now. */
final class Sources {
  private final Clock clock;

  Sources(Clock clock) {
    this.clock = clock;
  }

  PaymentSource of(Instrument instrument) {
    Optional<Long> account = instrument.ledgerAccountId();
    if (account.isEmpty()) {
      return new Unsupported(
          instrument.kind() == InstrumentKind.EXTERNAL
              ? Reason.EXTERNAL_ACCOUNT
              : Reason.FOREIGN_CARD);
    }
    boolean expired =
        instrument
            .card()
            .map(card -> YearMonth.parse(card.expiry()).isBefore(YearMonth.now(clock)))
            .orElse(false);
    if (expired) {
      return new Unsupported(Reason.EXPIRED_CARD);
    }
    if (instrument.verification() != VerificationState.VERIFIED) {
      return new Unsupported(Reason.NOT_VERIFIED);
    }
    OffsetDateTime now = OffsetDateTime.now(clock);
    return instrument.restsAt(now)
        ? new Unsupported(Reason.NOT_YET_USABLE)
        : new OnAccount(account.get(), instrument.spending(now));
  }

  InstrumentView view(Instrument instrument) {
    return InstrumentView.of(instrument, of(instrument), OffsetDateTime.now(clock));
  }
}

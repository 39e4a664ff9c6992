package org.tallystick.wallet;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;

/**
 * An instrument as its party sees it.
 *
 * @param instrument names it in addresses
 * @param kind account or card
 * @param shorthand the party's own name for it
 * @param preferred whether it is taken where a code names none
 * @param usable whether it can be paid with now
 * @param accountId the ledger account behind it, if there is one
 * @param lastFour a card's last four digits
 * @param expiry a card's last month
 */
public record InstrumentView(
    String instrument,
    InstrumentKind kind,
    String shorthand,
    boolean preferred,
    boolean usable,
    @Nullable Long accountId,
    @Nullable String lastFour,
    @Nullable String expiry) {
  static InstrumentView of(Instrument instrument, boolean usable) {
    Optional<CardOnFile> card = instrument.card();
    return new InstrumentView(
        Base64Url.encode(instrument.publicId()),
        instrument.kind(),
        instrument.shorthand(),
        instrument.preferred(),
        usable,
        instrument.ledgerAccountId().orElse(null),
        card.map(CardOnFile::lastFour).orElse(null),
        card.map(CardOnFile::expiry).orElse(null));
  }
}

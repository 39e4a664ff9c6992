package org.tallystick.wallet;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.tallystick.codec.Base64Url;

/**
 * An instrument that the staff found by its number.
 *
 * @param registration whose it is
 * @param instrument names it in that party's wallet
 * @param kind card or account at another bank
 * @param lastFour the end of its number
 * @param verification whether it is known to be the party's own
 * @param addedAt when it was added
 * @param removedAt when it was taken out, where it was
 */
public record FoundInstrument(
    String registration,
    String instrument,
    InstrumentKind kind,
    String lastFour,
    VerificationState verification,
    OffsetDateTime addedAt,
    @Nullable OffsetDateTime removedAt) {
  static FoundInstrument of(Instrument instrument, byte[] registration) {
    return new FoundInstrument(
        Base64Url.encode(registration),
        Base64Url.encode(instrument.publicId()),
        instrument.kind(),
        instrument
            .card()
            .map(CardOnFile::lastFour)
            .or(() -> instrument.external().map(ExternalAccount::lastFour))
            .orElseThrow(),
        instrument.verification(),
        instrument.addedAt(),
        instrument.removedAt().orElse(null));
  }
}

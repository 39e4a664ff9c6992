package org.tallystick.wallet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.YearMonth;

/**
 * The consortium as the issuer of its own BINs. It keeps no records of cards, since a card of its
 * own draws on the account of the party that adds it, whatever its number: one that is well formed
 * and has not expired is good.
 */
@ApplicationScoped
public class OwnIssuer implements IssuerLink {
  @Inject OwnBins ownBins;
  @Inject Clock clock;

  @Override
  public boolean serves(String bin) {
    return ownBins.contains(bin);
  }

  /** Answers here and at once. */
  @Override
  public AccountStatus inquire(Pan pan, YearMonth expiry) {
    return serves(pan.bin()) && !expiry.isBefore(YearMonth.now(clock))
        ? AccountStatus.VERIFIED
        : AccountStatus.NOT_VERIFIED;
  }
}

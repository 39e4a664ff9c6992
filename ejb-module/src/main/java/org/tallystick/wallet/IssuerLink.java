package org.tallystick.wallet;

import java.time.YearMonth;

/**
 * The way to banks that issue cards. An account status inquiry asks for an authorization of amount
 * zero: nothing is paid and nothing held.
 *
 * <p>Every bean of this type takes part; of several that serve a BIN the first is asked.
 */
public interface IssuerLink {
  /**
   * Whether this link reaches the issuer.
   *
   * @param bin 8 digits
   */
  boolean serves(String bin);

  /**
   * Asks the issuer about a card; never inside a database transaction, and with a time limit of its
   * own: no answer is {@link AccountStatus#UNREACHABLE}.
   */
  AccountStatus inquire(Pan pan, YearMonth expiry);
}

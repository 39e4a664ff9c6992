package org.tallystick.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.tallystick.code.TransactionNumber;
import org.tallystick.keys.Bank;

/**
 * Kind 7: a transaction number that the bank draws, reserved for the account for a quarter of an
 * hour; one half of a payee may carry it (O8b).
 *
 * <p>Source: docs/PROTOCOL.md section R, kind 7; TSE-07, TSE-34.
 */
@ApplicationScoped
public class NumberRule implements RequestRule<RequestArguments.DrawNumber> {
  private static final int MAX_OPEN = 8;
  private static final Duration RESERVED = Duration.ofMinutes(15);

  @Inject Bank bank;
  @Inject SecureRandom random;

  @Override
  public RequestKind kind() {
    return RequestKind.NUMBER;
  }

  @Override
  public Class<RequestArguments.DrawNumber> shape() {
    return RequestArguments.DrawNumber.class;
  }

  @Override
  public Ruling rule(Asking asking, RequestArguments.DrawNumber arguments) throws SQLException {
    long party = asking.bound().party().id();
    ReservedRows rows = new ReservedRows(asking.connection());
    rows.lockAccount(party);
    if (rows.open(party, asking.now()) >= MAX_OPEN) {
      return Ruling.refused(RequestStatus.LIMIT_REACHED);
    }
    byte[] number = new byte[TransactionNumber.LENGTH];
    random.nextBytes(number);
    OffsetDateTime expiresAt = asking.now().plus(RESERVED);
    rows.reserve(TransactionNumber.text(number), party, expiresAt);
    return Ruling.done(
        new RequestResult.DrawnNumber(
            number, bank.consortium(), expiresAt.toInstant().toEpochMilli()));
  }
}

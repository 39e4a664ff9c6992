package org.tallystick.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.tallystick.authority.Authority;
import org.tallystick.authority.AuthorityRows;
import org.tallystick.code.TransactionNumber;
import org.tallystick.keys.Bank;
import org.tallystick.pairing.SlotKey;

/**
 * Kind 11: the payer ends what a purchase has left its payee permitted to charge; any active device
 * of the account may. A charge that is being decided comes first or not at all: both lock the
 * authority's row. A hold is the payee's until its time is over.
 *
 * <p>Source: docs/PROTOCOL.md sections 8 and R, kind 11.
 */
@ApplicationScoped
public class EndAuthorityRule implements RequestRule<EndAuthority> {
  @Inject Bank bank;

  @Override
  public RequestKind kind() {
    return RequestKind.END_AUTHORITY;
  }

  @Override
  public Class<EndAuthority> shape() {
    return EndAuthority.class;
  }

  @Override
  public Ruling rule(Asking asking, EndAuthority arguments) throws SQLException {
    AuthorityRows rows = new AuthorityRows(asking.connection());
    Optional<Authority> own =
        rows.lock(
                new SlotKey(
                    bank.consortium(),
                    TransactionNumber.text(arguments.number()),
                    arguments.billHash()))
            .filter(authority -> authority.payer().party() == asking.device().partyId())
            .filter(Authority::isOpen);
    if (own.isEmpty()) {
      return Ruling.refused(RequestStatus.UNKNOWN);
    }
    if (own.get().kind() == Authority.Kind.HOLD) {
      return Ruling.refused(RequestStatus.NOT_PERMITTED);
    }
    rows.update(List.of(own.get().revoked()));
    return Ruling.done(new RequestResult.Done());
  }
}

package org.tallystick.request;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Optional;
import org.tallystick.code.TransactionNumber;

/**
 * Kind 6: the bill that was lodged under a number, whoever asks; who fetches it checks it like one
 * that was scanned.
 *
 * <p>Source: docs/PROTOCOL.md section R, kind 6.
 */
@ApplicationScoped
public class FetchBillRule implements RequestRule<RequestArguments.FetchBill> {
  @Override
  public RequestKind kind() {
    return RequestKind.BILL;
  }

  @Override
  public Class<RequestArguments.FetchBill> shape() {
    return RequestArguments.FetchBill.class;
  }

  @Override
  public Ruling rule(Asking asking, RequestArguments.FetchBill arguments) throws SQLException {
    byte[] number = arguments.number();
    Optional<byte[]> bill =
        number == null
            ? Optional.empty()
            : new ReservedRows(asking.connection())
                .bill(TransactionNumber.text(number), asking.now());
    return bill.map(found -> Ruling.done(new RequestResult.LodgedBill(found)))
        .orElseGet(() -> Ruling.refused(RequestStatus.UNKNOWN));
  }
}

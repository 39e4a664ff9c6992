package org.tallystick.request;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Optional;
import org.tallystick.code.TransactionNumber;

/**
 * Kind 6: the bill that was lodged under a number or for an offer, whoever asks; who fetches it
 * checks it like one that was scanned.
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
    return find(asking, arguments)
        .map(found -> Ruling.done(new RequestResult.LodgedBill(found)))
        .orElseGet(() -> Ruling.refused(RequestStatus.UNKNOWN));
  }

  private static Optional<byte[]> find(Asking asking, RequestArguments.FetchBill arguments)
      throws SQLException {
    LodgedBills bills = new LodgedBills(asking.connection());
    byte[] number = arguments.number();
    byte[] offer = arguments.offerId();
    if (number != null) {
      return bills.byNumber(TransactionNumber.text(number), asking.now());
    }
    return offer == null ? Optional.empty() : bills.byOffer(offer, asking.now());
  }
}

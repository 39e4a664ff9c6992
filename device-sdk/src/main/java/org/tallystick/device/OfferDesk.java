package org.tallystick.device;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.tallystick.bill.Bill;
import org.tallystick.bill.BillItem;
import org.tallystick.bill.PaymentOffer;
import org.tallystick.codec.MalformedInputException;
import org.tallystick.device.bill.BillRequest;
import org.tallystick.device.result.Result;
import org.tallystick.request.RequestArguments;
import org.tallystick.request.RequestResult;

/**
 * Offers: a sender starts, and its QR gives nobody any authority. The receiver lodges a bill for
 * it; the sender sees whose bill came before it pays.
 *
 * <p>Source: docs/PROTOCOL.md section 6.3, F1 to F3; TSE-18.
 */
public final class OfferDesk {
  private final Core core;
  private final RequestDesk requests;

  OfferDesk(Core core, RequestDesk requests) {
    this.core = core;
    this.requests = requests;
  }

  /**
   * Something to show as a QR.
   *
   * @param minor minor units, or null where the receiver says how much
   * @param currency null only where the amount is
   * @param text for people, at most 64 characters, or null
   * @param life at most 15 minutes
   */
  public Result<PaymentOffer> make(
      @Nullable Long minor, @Nullable String currency, @Nullable String text, Duration life) {
    if (life.isNegative() || life.toMillis() > PaymentOffer.MAX_LIFE_MILLIS) {
      return Result.refused("offer", "an offer lives for 15 minutes at most");
    }
    return core.active(core.state())
        .then(
            bound -> {
              if (bound.identity().isProvider()) {
                return Result.refused("role", "a provider's device does not pay");
              }
              byte[] id = new byte[PaymentOffer.ID_LENGTH];
              core.random().nextBytes(id);
              try {
                return Result.ok(
                    new PaymentOffer(
                        bound.identity().binding().consortium(),
                        id,
                        minor,
                        currency,
                        core.now() + life.toMillis(),
                        text));
              } catch (MalformedInputException e) {
                return Result.refused("offer", "no such offer: " + e.getMessage());
              }
            });
  }

  /** F1: reads what a sender shows, on the receiver's side. */
  public Result<PaymentOffer> read(String qrText) {
    return core.active(core.state())
        .then(
            bound -> {
              try {
                PaymentOffer offer = PaymentOffer.ofQrText(qrText);
                return offer.isOpen(bound.identity().binding().consortium(), core.now())
                    ? Result.ok(offer)
                    : Result.refused("F1", "the offer is over, or of another consortium");
              } catch (MalformedInputException e) {
                return Result.refused("F1", "not an offer");
              }
            });
  }

  /** F1: whether a bill that is to be made would ask for what was offered. */
  static Result<BillRequest> fitting(BillRequest request, PaymentOffer offer) {
    Long minor = offer.minor();
    String currency = offer.currency();
    boolean fits =
        (currency == null || currency.equals(request.tax().currency()))
            && (minor == null || minor == total(request));
    return fits
        ? Result.ok(request)
        : Result.refused("F1", "the bill does not ask for what was offered");
  }

  private static long total(BillRequest request) {
    return request.items().stream().mapToLong(BillItem::minor).sum() + request.tax().minor();
  }

  /** F1: leaves a bill at the bank for the sender who made the offer. */
  Result<RequestResult> lodge(Bill bill, PaymentOffer offer) {
    return requests.change(new RequestArguments.Lodge(bill.encode(), offer.id()));
  }

  /** F2: the bill that came first for an own offer, not checked yet but for what was offered. */
  Result<Bill> fetch(PaymentOffer offer) {
    return requests
        .change(RequestArguments.FetchBill.ofOffer(offer.id()))
        .then(
            done -> {
              if (!(done instanceof RequestResult.LodgedBill lodged)) {
                return Result.refused("R10", "a reply of another kind");
              }
              try {
                Bill bill = Bill.decode(lodged.bill());
                return offer.fits(bill.body())
                    ? Result.ok(bill)
                    : Result.refused("F2", "the bill asks for another amount than was offered");
              } catch (IllegalArgumentException malformed) {
                return Result.refused("B1", "not a bill");
              }
            });
  }
}

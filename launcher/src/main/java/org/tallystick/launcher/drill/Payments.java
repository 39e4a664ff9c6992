package org.tallystick.launcher.drill;

import java.time.Duration;
import java.util.List;
import org.tallystick.bill.BillItem;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.bill.BillRequest;
import org.tallystick.device.result.Result;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.OutboxEntry;
import org.tallystick.money.Money;

/** One payment between two devices in this process. */
public final class Payments {
  /** PIN of every user of a drill. */
  public static final String PIN = "2468";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Payments() {}

  /**
   * Both halves of one payment, made and not yet sent.
   *
   * @param number transaction number
   * @param payee half of the provider
   * @param payer half of the user
   */
  public record Made(String number, OutboxEntry payee, OutboxEntry payer) {}

  /** Makes both halves of a payment of {@code minor} cents. */
  public static Made make(
      TallystickDevice provider, TallystickDevice user, long minor, Duration life) {
    OutboxEntry payee =
        provider
            .makeBill(
                new BillRequest(
                    List.of(new BillItem("Towing", minor)), Money.of(0, "USD"), "till", life))
            .orElseThrow();
    String qr = provider.bill(payee.number()).orElseThrow().qrText();
    OutboxEntry payer =
        user.readBill(qr)
            .then(bill -> user.approve(bill, "Account 1", PIN.toCharArray()))
            .orElseThrow();
    return new Made(payee.number(), payee, payer);
  }

  /** A whole payment; the final answers of payee and payer. */
  public static List<FinishedEntry> pay(
      TallystickDevice provider, TallystickDevice user, long minor) {
    Made made = make(provider, user, minor, Duration.ofMinutes(5));
    provider.send(made.payee()).orElseThrow();
    user.send(made.payer()).orElseThrow();
    return List.of(
        answer(provider.awaitAnswer(made.payee(), PATIENCE)),
        answer(user.awaitAnswer(made.payer(), PATIENCE)));
  }

  private static FinishedEntry answer(Result<FinishedEntry> result) {
    return result.orElseThrow();
  }
}

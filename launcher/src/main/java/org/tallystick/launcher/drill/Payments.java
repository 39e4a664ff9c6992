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
    return make(provider, user, minor, life, "Account 1");
  }

  /** As the other, from the instrument of that name. */
  public static Made make(
      TallystickDevice provider,
      TallystickDevice user,
      long minor,
      Duration life,
      String shorthand) {
    OutboxEntry payee = bill(provider, minor, life);
    return new Made(payee.number(), payee, approve(provider, user, payee, shorthand, PIN));
  }

  /** The payee's half alone. */
  public static OutboxEntry bill(TallystickDevice provider, long minor, Duration life) {
    return provider
        .makeBill(
            new BillRequest(
                List.of(new BillItem("Towing", minor)), Money.of(0, "USD"), "till", life))
        .orElseThrow();
  }

  /** The payer's half for a bill, as its QR shows it. */
  public static OutboxEntry approve(
      TallystickDevice provider,
      TallystickDevice user,
      OutboxEntry payee,
      String shorthand,
      String pin) {
    String qr = provider.bill(payee.number()).orElseThrow().qrText();
    return user.readBill(qr)
        .then(bill -> user.approve(bill, shorthand, pin.toCharArray()))
        .orElseThrow();
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

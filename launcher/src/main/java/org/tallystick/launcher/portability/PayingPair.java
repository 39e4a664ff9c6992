package org.tallystick.launcher.portability;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.state.Ending;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.launcher.LaunchException;
import org.tallystick.launcher.bank.BackOffice;
import org.tallystick.launcher.bank.CustomerDevices;
import org.tallystick.launcher.bank.FreshBank;
import org.tallystick.launcher.drill.Payments;

/**
 * A till and a phone in this process.
 *
 * @param all devices of that bank here
 * @param till of a shop
 * @param phone of a user with money
 */
record PayingPair(CustomerDevices all, TallystickDevice till, TallystickDevice phone)
    implements AutoCloseable {
  private static final long OPENING_MINOR = 100_000;
  private static final long PRICE_MINOR = 12_34;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Registers both and gives them devices. */
  static PayingPair enrol(Path folder, FreshBank bank, BackOffice office) throws IOException {
    CustomerDevices all = CustomerDevices.of(folder, bank, office);
    TallystickDevice till = all.device(all.shop("Corner Shop").customer(), "till", null);
    TallystickDevice phone =
        all.device(all.fundedUser("Ursula Payer", OPENING_MINOR).customer(), "phone", Payments.PIN);
    return new PayingPair(all, till, phone);
  }

  /** Both halves of a payment, not sent yet. */
  Payments.Made make() {
    return Payments.make(till, phone, PRICE_MINOR, Duration.ofMinutes(5));
  }

  /** Sends both; the bank takes them. */
  void send(Payments.Made made) {
    till.send(made.payee()).orElseThrow();
    phone.send(made.payer()).orElseThrow();
  }

  /**
   * Waits until both devices have their answer.
   *
   * @throws LaunchException where one of them does not hear that it is approved
   */
  void hear(Payments.Made made) {
    for (FinishedEntry heard :
        List.of(
            till.awaitAnswer(made.payee(), PATIENCE).orElseThrow(),
            phone.awaitAnswer(made.payer(), PATIENCE).orElseThrow())) {
      if (heard.ending() != Ending.APPROVED) {
        throw new LaunchException("a device heard " + heard.ending());
      }
    }
  }

  @Override
  public void close() {
    all.close();
  }
}

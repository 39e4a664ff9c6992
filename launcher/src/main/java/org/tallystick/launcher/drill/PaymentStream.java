package org.tallystick.launcher.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.tallystick.device.TallystickDevice;
import org.tallystick.device.state.FinishedEntry;
import org.tallystick.device.state.OutboxEntry;

/**
 * A till and a phone that make one payment after another, whatever happens to the bank: they send
 * the same bytes again until the bank has them, and ask until it answers.
 */
final class PaymentStream {
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(4);

  private final TallystickDevice till;
  private final TallystickDevice phone;
  private final AtomicBoolean more = new AtomicBoolean(true);
  private final List<Ended> ended = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "payments");
  private volatile @Nullable RuntimeException broken;

  /**
   * One payment as both devices heard it.
   *
   * @param number transaction number
   * @param minor amount
   * @param payee what the till heard, or NONE
   * @param payer what the phone heard, or NONE
   */
  record Ended(String number, long minor, String payee, String payer) {}

  PaymentStream(TallystickDevice till, TallystickDevice phone) {
    this.till = till;
    this.phone = phone;
  }

  void start() {
    thread.start();
  }

  /** Lets the payment under way end and makes no further one. */
  void finish() throws InterruptedException {
    more.set(false);
    thread.join(TimeUnit.NANOSECONDS.toMillis(2 * PATIENCE_NANOS));
    RuntimeException failure = broken;
    if (failure != null) {
      throw failure;
    }
  }

  List<Ended> ended() {
    return List.copyOf(ended);
  }

  private void run() {
    try {
      long minor = 100;
      while (more.get()) {
        one(minor++);
      }
    } catch (RuntimeException failure) {
      broken = failure;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void one(long minor) throws InterruptedException {
    Payments.Made made = Payments.make(till, phone, minor, Duration.ofMinutes(10));
    deliver(till, made.payee());
    deliver(phone, made.payer());
    String payee = outcome(till, made.payee());
    String payer = outcome(phone, made.payer());
    ended.add(new Ended(made.number(), minor, payee, payer));
  }

  private static void deliver(TallystickDevice device, OutboxEntry entry)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (device.send(entry).refusal().isPresent() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static String outcome(TallystickDevice device, OutboxEntry entry)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (System.nanoTime() < deadline) {
      var answer = device.awaitAnswer(entry, Duration.ofSeconds(10)).value();
      if (answer.isPresent()) {
        return name(answer.get());
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return "NONE";
  }

  private static String name(FinishedEntry entry) {
    return entry.ending().name();
  }
}
